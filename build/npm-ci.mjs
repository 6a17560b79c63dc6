// Runs `npm ci` in the current folder, one build at a time: builds of several configurations share node_modules.
// A folder is the lock (creating one is atomic everywhere); one older than ten minutes was left by a killed build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const lock = '.npm-ci.lock', stamp = 'node_modules/.restored', staleAfter = 10 * 60_000;
const modified = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const upToDate = () => modified(stamp) >= modified('package-lock.json');

function acquired() {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (modified(lock) < Date.now() - staleAfter) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

while (!acquired()) await setTimeout(200);
try {
  if (!upToDate()) {
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { stdio: 'inherit', shell: process.platform === 'win32' });
    if (npm.status === 0) writeFileSync(stamp, '');
    process.exitCode = npm.status ?? 1;
  }
} finally {
  rmSync(lock, { recursive: true, force: true });
}
