// Reading aids on every page: read and starred marks, keys, copying. All of it stays in this browser; without script
// the page is whole, only these are absent.

const READ = 'arxiv-daily-read'; // ids, oldest first
const STARRED = 'arxiv-daily-starred'; // ids and titles, oldest first
const KEYS = 'arxiv-daily-keys';
const MOST_READ = 5000;

function kept(name) {
  try {
    const value = JSON.parse(localStorage.getItem(name));
    return new Map(Array.isArray(value) ? value.filter(([id]) => typeof id === 'string') : []);
  } catch {
    return new Map();
  }
}

function keep(name, marks) {
  try {
    localStorage.setItem(name, JSON.stringify([...marks].slice(-MOST_READ)));
  } catch {
    // a browser that keeps nothing: marks last as long as the page
  }
}

// Marks

const marks = { read: kept(READ), starred: kept(STARRED) };
const papers = [...document.querySelectorAll('main [data-paper]')];
const starredList = document.querySelector('#starred');

function show(item) {
  for (const mark of ['read', 'starred']) {
    const isOn = marks[mark].has(item.dataset.paper);
    item.classList.toggle(`is-${mark}`, isOn);
    item.querySelector(`[data-mark="${mark}"]`)?.setAttribute('aria-pressed', isOn);
  }
  document.querySelector(`.contents [href="#${CSS.escape(item.dataset.paper)}"]`)?.classList.toggle('is-read', item.classList.contains('is-read'));
}

function mark(item, name, isOn) {
  const stored = name === 'read' ? READ : STARRED;
  marks[name] = kept(stored); // another tab may have added to it
  marks[name].delete(item.dataset.paper);
  if (isOn) marks[name].set(item.dataset.paper, item.dataset.title);
  keep(stored, name === 'read' ? new Map([...marks.read].map(([id]) => [id, 1])) : marks.starred);
  show(item);
  listStarred();
}

const toggle = (item, name) => mark(item, name, !item.classList.contains(`is-${name}`));

function listStarred() {
  if (!starredList) return;
  const items = [...marks.starred].reverse().map(([id, title]) => {
    const link = document.createElement('a');
    link.href = `papers/${id.split('/').map(encodeURIComponent).join('/')}.html`;
    link.textContent = title || id;
    const item = document.createElement('li');
    item.append(link);
    return item;
  });
  starredList.querySelector('ol').replaceChildren(...items);
  starredList.hidden = items.length === 0;
}

function showAll() {
  papers.forEach(show);
  listStarred();
}

const buttons = document.querySelector('#paper-marks');
for (const item of buttons ? papers : []) {
  const own = buttons.content.cloneNode(true);
  if (item.matches('.whole')) (item.querySelector('.marks') ?? item.querySelector('.facts')).after(own);
  else item.append(own);
}
document.addEventListener('click', ({ target }) => {
  const item = target.closest('[data-paper]');
  const button = target.closest('[data-mark]');
  if (item && button) toggle(item, button.dataset.mark);
  else if (item && target.closest('.reading > summary') && !target.closest('details').open) mark(item, 'read', true);
});
addEventListener('storage', () => {
  Object.assign(marks, { read: kept(READ), starred: kept(STARRED) });
  showAll();
});
const whole = document.querySelector('.whole');
if (whole) mark(whole, 'read', true);
showAll();
addEventListener('pageshow', ({ persisted }) => persisted && dispatchEvent(new Event('storage')));

// Keys

const dialog = document.querySelector('#keys');
const areOn = document.querySelector('#keys-on');
const heading = (item) => item.querySelector(':is(h2, h3) a') ?? item.querySelector('h2, h3');

function current() {
  return document.activeElement.closest('[data-paper]') ?? null;
}

function step(by) {
  const shown = papers.filter((item) => !item.hidden);
  const own = shown.indexOf(current());
  const below = shown.findIndex((item) => item.getBoundingClientRect().top > 1);
  const next = own >= 0 ? own + by : by > 0 ? below : (below < 0 ? shown.length : below) - 1;
  const item = shown[next];
  if (!item) return;
  const target = heading(item);
  if (!target.href) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  item.scrollIntoView({ block: item.offsetHeight < innerHeight / 2 ? 'nearest' : 'start' });
}

function filter() {
  const contents = document.querySelector('#contents');
  if (contents) contents.open = true;
  document.querySelector('#filter')?.focus();
}

const DEEDS = {
  j: () => step(1),
  k: () => step(-1),
  s: () => current() && toggle(current(), 'starred'),
  m: () => current() && toggle(current(), 'read'),
  '/': filter,
  '?': () => dialog.showModal(),
};

if (dialog) {
  try {
    areOn.checked = localStorage.getItem(KEYS) !== 'off';
  } catch {
    // on, as nothing else is kept
  }
  areOn.addEventListener('change', () => {
    try {
      localStorage.setItem(KEYS, areOn.checked ? 'on' : 'off');
    } catch {
      // until the page is left
    }
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest('input, textarea, select, [contenteditable], dialog');
    if (isTyping || !areOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!Object.hasOwn(DEEDS, event.key)) return;
    event.preventDefault();
    DEEDS[event.key]();
  });
  for (const button of document.querySelectorAll('[data-keys]')) {
    button.hidden = false;
    button.addEventListener('click', () => dialog.showModal());
  }
}

// Formulas: what has to be scrolled can be reached by the keyboard

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});
for (const math of document.querySelectorAll('main math')) {
  widths.observe(math.matches('[display]') ? math : math.closest('p, h1, h2, h3, dd, blockquote, ul, ol, .authors') ?? math);
}

// Copying

for (const button of document.querySelectorAll('[data-copy]')) {
  button.parentElement.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    const status = button.parentElement.querySelector('[role="status"]');
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = status.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text); // where copying is not allowed, the reader can
    }
  });
}
