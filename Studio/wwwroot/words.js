// Studio's own labels in Chinese. A label is changed only when the whole of it is in the dictionary, numbers and names aside (the keys
// say # for a number, {0} and {1} for other texts in their order), and never where people write: editors, fields, names in lists, texts
// on the canvas.

const users = 'input, textarea, [contenteditable], .monaco-editor, .x6-graph .activity-label, td[data-label="Name"], td[data-label="Description"], script, style';
const attributes = ['placeholder', 'title', 'aria-label'];
const number = /\d+(?:[.,:]\d+)*/g;

/** @returns what puts labels and Elsa's catalogue of activities into Chinese */
export async function loadWords() {
  const { labels, catalogue, outcomes } = await (await fetch(new URL('words.zh-CN.json', import.meta.url))).json();
  const all = new Map(Object.entries({ ...catalogue, ...outcomes, ...labels }));
  const forms = Object.entries(labels).filter(([label]) => label.includes('{0}')).map(([label, chinese]) => ({ form: formOf(label), chinese }));
  return {
    translate: root => translate(root, text => find(all, forms, text)),
    readAnswer: (url, answer) => url.pathname.endsWith('/descriptors/activities') ? describe(answer, catalogue, outcomes) : answer,
  };
}

/** @returns null also where the Chinese is the same: writing it would be a change, which is looked at again, and so on for ever */
function find(words, forms, text) {
  const label = text.trim().replace(/\s+/g, ' ');
  if (!label) return null;
  const numbers = label.match(number) ?? [];
  const found = (words.get(label) ?? words.get(label.replace(number, '#')))?.replace(/#/g, () => numbers.shift()) ?? fill(words, forms, label);
  return found === undefined || found === label ? null : found;
}

/** The label as a pattern: what is put in is one of its groups. */
function formOf(label) {
  return new RegExp(`^${label.split(/\{\d\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+)')}$`);
}

/** What is put in is said in Chinese too, where it is a label itself. */
function fill(words, forms, label) {
  for (const { form, chinese } of forms) {
    const [, ...put] = form.exec(label) ?? [];
    if (put.length) return chinese.replace(/\{(\d)\}/g, (_, place) => words.get(put[place]) ?? put[place]);
  }
}

function translate(root, chinese) {
  const text = node => {
    if (node.parentElement?.closest(users)) return;
    const found = chinese(node.data);
    if (found) node.data = node.data.replace(node.data.trim(), () => found);
  };
  const attribute = (element, name) => {
    const found = element.hasAttribute(name) && chinese(element.getAttribute(name));
    if (found) element.setAttribute(name, found);
  };
  const tree = node => {
    if (node.nodeType === Node.TEXT_NODE) return text(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let next = node; next; next = walker.nextNode()) {
      if (next.nodeType === Node.TEXT_NODE) text(next);
      else attributes.forEach(name => attribute(next, name));
    }
  };
  tree(root);
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(tree);
      else if (change.type === 'characterData') text(change.target);
      else attribute(change.target, change.attributeName);
    }
  }).observe(root, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes });
}

/** Elsa's own activities as the palette, its search, the canvas and the properties show them; ours are Chinese already. */
async function describe(answer, catalogue, outcomes) {
  if (!answer.ok) return answer;
  const described = await answer.json();
  const say = (thing, ...names) => names.forEach(name => { thing[name] = catalogue[thing[name]?.trim()] ?? thing[name]; });
  for (const activity of described.items ?? []) {
    say(activity, 'displayName', 'description', 'category');
    activity.ports?.forEach(port => { port.displayName = outcomes[port.displayName] ?? port.displayName; });
    for (const property of [...activity.inputs ?? [], ...activity.outputs ?? []]) say(property, 'displayName', 'description', 'category');
  }
  return new Response(JSON.stringify(described), { status: answer.status, statusText: answer.statusText, headers: { 'Content-Type': 'application/json' } });
}
