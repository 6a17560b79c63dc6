// What each address shows. Going from one to another changes the element and not the page: loading Studio takes seconds.

const places = [
  { pattern: /^\/studio(?:\/definitions)?\/?$/, bar: 'definitions', element: 'elsa-workflow-definition-list', on: { editWorkflowDefinition: openDefinition } },
  { pattern: /^\/studio\/definitions\/([^/]+)$/, bar: 'definitions', element: 'elsa-workflow-definition-editor', id: 'definition-id', on: { workflowDefinitionExecuted: openInstance } },
  { pattern: /^\/studio\/instances\/?$/, bar: 'instances', element: 'elsa-workflow-instance-list', on: { viewWorkflowInstance: openInstance } },
  { pattern: /^\/studio\/instances\/([^/]+)$/, bar: 'instances', element: 'elsa-workflow-instance-viewer', id: 'instance-id', on: { editWorkflowDefinition: openDefinition }, case: true },
];
const stage = document.getElementById('tb-stage');

/** Studio saves half a second after the last change. */
const autoSave = 700;
let turns = 0;
let leaving = Promise.resolve();

function openDefinition(id) { go(`/studio/definitions/${encodeURIComponent(id)}`); }
function openInstance(id) { go(`/studio/instances/${encodeURIComponent(id)}`); }

/** Shows what the address names, and from now on follows links and the browser's history. */
export async function showPlaces() {
  await customElements.whenDefined('elsa-workflow-definition-list');
  window.addEventListener('popstate', show);
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.origin !== location.origin) return;
    const path = ours(link.pathname);
    if (!places.some(place => place.pattern.test(path))) return;
    event.preventDefault();
    event.stopPropagation();
    go(path);
  }, true);
  show();
}

/** Studio links to pages of its own application, where they have other addresses. */
function ours(path) {
  const [, kind, id] = /^\/(?:studio\/)?workflows\/(definitions|instances)\/([^/]+)\/(?:edit|view)$/.exec(path) ?? [];
  return id ? `/studio/${kind}/${id}` : path;
}

function go(path) {
  if (path !== location.pathname) history.pushState(null, '', path);
  show();
}

async function show() {
  const place = places.find(candidate => candidate.pattern.test(location.pathname));
  if (!place) return;
  const turn = ++turns;
  const id = decodeURIComponent(place.pattern.exec(location.pathname)[1] ?? '');
  for (const link of document.querySelectorAll('[data-place]')) {
    if (link.dataset.place === place.bar) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  showCase(place.case ? id : null);
  stage.classList.add('tb-waiting');
  leaving = leaving.then(leave);
  await leaving;
  if (turn !== turns) return;
  stage.classList.remove('tb-waiting');
  const element = document.createElement(place.element);
  if (place.id) element.setAttribute(place.id, id);
  stage.append(Object.assign(element, place.on));
}

/** Only one element can be alive at a time, and one that is merely taken away lives on for a second without its nodes. */
async function leave() {
  const element = stage.firstElementChild;
  if (!element) return;
  if (element.localName.endsWith('-editor')) await new Promise(resolve => setTimeout(resolve, autoSave));
  const component = await element._addRootComponentPromise;
  await component.dispose();
  element.remove();
}

async function showCase(instance) {
  const link = document.getElementById('tb-case');
  link.hidden = true;
  if (!instance) return;
  const answer = await fetch(`/studio/instances/${encodeURIComponent(instance)}/case`);
  const { number } = answer.ok ? await answer.json() : {};
  if (!number || !location.pathname.endsWith(encodeURIComponent(instance))) return;
  link.href = `/cases/${number}`;
  link.querySelector('b').textContent = number;
  link.hidden = false;
}
