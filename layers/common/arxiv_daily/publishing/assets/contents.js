// An edition's contents: where the reader is, and which papers are shown.

const MOST_CHIPS = 8;

const papers = [...document.querySelectorAll('.papers > [data-paper]')];
const nav = document.querySelector('.contents');
const contents = nav.querySelector('details');
const entries = new Map(papers.map((item, i) => [item, nav.querySelectorAll('ol > li')[i]]));

function go(item) {
  const heading = item.querySelector('h2 a') ?? item.querySelector('h2');
  if (!heading.href) heading.tabIndex = -1;
  contents.open = false;
  heading.focus({ preventScroll: true });
  item.scrollIntoView();
}

// The place

const place = nav.querySelector('.place');
const inView = new Set();
let here = papers[0];

function follow() {
  here = papers.find((item) => inView.has(item) && !item.hidden) ?? here;
  for (const [item, entry] of entries) {
    if (item === here) entry.firstElementChild.setAttribute('aria-current', 'true');
    else entry.firstElementChild.removeAttribute('aria-current');
  }
  const all = papers.filter((item) => !item.hidden);
  place.textContent = all.includes(here) ? `${all.indexOf(here) + 1} / ${all.length}` : all.length;
  reveal(entries.get(here));
}

/** Scrolls the contents where they stand beside the papers, never the page. */
function reveal(entry) {
  const box = nav.getBoundingClientRect();
  const { top, bottom } = entry.getBoundingClientRect();
  if (nav.scrollHeight > nav.clientHeight && (top < box.top || bottom > box.bottom)) {
    nav.scrollTop += top - box.top - box.height / 3;
  }
}

const watch = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) inView[isIntersecting ? 'add' : 'delete'](target);
    follow();
  },
  { rootMargin: '-80px 0px -40% 0px' },
);
for (const item of papers) watch.observe(item);
nav.querySelector('ol').addEventListener('click', ({ target }) => {
  if (target.closest('a')) contents.open = false;
});

// The filter

const tools = nav.querySelector('.tools');
const words = tools.querySelector('input');
const shown = tools.querySelector('[role="status"]');
const texts = new Map();
let left; // where the reader was when papers began to be left out, until another one is chosen

const pressed = (name) => [...tools.querySelectorAll(`[data-${name}][aria-pressed="true"]`)].map((one) => one.dataset[name]);

function textOf(item) {
  if (!texts.has(item)) texts.set(item, `${item.dataset.title} ${item.textContent}`.toLowerCase());
  return texts.get(item);
}

/** Marks that change later take a paper away only when the filter is used again. */
function apply() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const categories = pressed('category');
  const only = pressed('only');
  const was = here;
  for (const [item, entry] of entries) {
    const own = item.dataset.categories.split(' ');
    item.hidden = entry.hidden =
      (categories.length > 0 && !categories.some((one) => own.includes(one))) ||
      (only.includes('unread') && item.classList.contains('is-read')) ||
      (only.includes('starred') && !item.classList.contains('is-starred')) ||
      !wanted.every((word) => textOf(item).includes(word));
  }
  say(papers.filter((item) => !item.hidden).length, was);
  follow();
}

function say(number, was) {
  const isAll = number === papers.length;
  shown.textContent = isAll ? '' : shown.dataset.shown.replace('{shown}', number).replace('{all}', papers.length);
  if (!isAll) left ??= was;
  else if (left) {
    left.scrollIntoView();
    left = undefined;
  }
}

function addChips() {
  const counts = new Map();
  for (const item of papers) for (const one of item.dataset.categories.split(' ')) counts.set(one, (counts.get(one) ?? 0) + 1);
  const common = [...counts].filter(([, number]) => number > 1).sort(([, a], [, b]) => b - a);
  for (const [category, number] of common.slice(0, MOST_CHIPS)) {
    const chip = Object.assign(document.createElement('button'), { type: 'button', textContent: `${category} ${number}` });
    chip.dataset.category = category;
    chip.setAttribute('aria-pressed', 'false');
    tools.querySelector('.chips').append(chip);
  }
}

words.addEventListener('input', apply);
words.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  const first = papers.find((item) => !item.hidden);
  if (event.key === 'Enter' && first) go(first);
  else if (event.key === 'Escape' && !words.value) go(here);
  else if (event.key === 'Escape') {
    words.value = '';
    apply();
  } else return;
  event.preventDefault();
});
tools.addEventListener('click', ({ target }) => {
  const chip = target.closest('[aria-pressed]');
  if (!chip) return;
  const isOn = chip.getAttribute('aria-pressed') !== 'true';
  chip.setAttribute('aria-pressed', isOn);
  if ('unfold' in chip.dataset) for (const reading of document.querySelectorAll('.papers .reading')) reading.open = isOn;
  else apply();
});
document.querySelector('.papers').addEventListener('focusin', () => (left = undefined));
addChips();
tools.hidden = false;
