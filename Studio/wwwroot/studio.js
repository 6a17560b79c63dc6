import { drawInView } from './canvas.js';
import { currentToken, guardRequests } from './token.js';
import { showPlaces } from './places.js';
import { shortenDescriptions, withAssembly } from './serializer.js';
import { loadWords } from './words.js';

const isChinese = document.documentElement.lang.startsWith('zh');
const loading = document.getElementById('tb-loading');

/** Blazor says how far it is in a style of the page. */
function watchProgress() {
  const bar = document.getElementById('tb-progress');
  const read = () => { bar.value = parseFloat(document.documentElement.style.getPropertyValue('--blazor-load-percentage')) || 0; };
  new MutationObserver(read).observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

async function start() {
  watchProgress();
  const words = isChinese ? await loadWords() : null;
  words?.translate(document.body);
  guardRequests(words?.readAnswer ?? ((_, answer) => answer));

  const backend = document.createElement('elsa-backend-provider');
  backend.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
  backend.setAttribute('access-token', await currentToken());
  // Dates and MudBlazor's own texts; Studio reads the same from where its language picker would put it.
  localStorage.setItem('BlazorCulture', isChinese ? 'zh-CN' : 'en-US');
  document.body.prepend(backend);
  drawInView();
  await Blazor.start({ applicationCulture: isChinese ? 'zh-CN' : 'en-US', configureRuntime: withAssembly });
  await shortenDescriptions();
  await showPlaces();
}

start().catch(error => {
  console.error(error);
  document.getElementById('tb-failed').hidden = false;
}).finally(() => { loading.hidden = true; });
