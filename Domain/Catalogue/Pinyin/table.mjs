// Writes one line per Chinese character with its readings, most common first: "行 xing hang".
// Run by the build; Pinyin.cs reads the table. Further readings than two are too rare to be typed.
import { writeFileSync } from "node:fs";
import { pinyin } from "pinyin-pro";

const first = 0x4e00;
const last = 0x9fa5;
const lines = [];
for (let point = first; point <= last; point++) {
  const character = String.fromCodePoint(point);
  const readings = pinyin(character, { multiple: true, toneType: "none", type: "array", v: true });
  const plain = [...new Set(readings.map(reading => reading.replaceAll("ü", "v")))].filter(reading => /^[a-z]+$/.test(reading));
  if (plain.length > 0) lines.push(`${character} ${plain.slice(0, 2).join(" ")}`);
}
writeFileSync(process.argv[2], lines.join("\n") + "\n");
