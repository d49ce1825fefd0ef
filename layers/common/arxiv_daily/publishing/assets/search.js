// Search over the whole archive. It reads the segments that publishing/search/ writes, a few bytes of each; their
// layout stands in segment.py, the rules for terms in terms.py. Every word that is said is an attribute of the form.

const VERSION = 1;
const SLOTS = 4096;
const TABLE = 4;
const PAPERS = TABLE + 4 * (SLOTS + 1);
const UNIT = 64;
const RECORD = 320; // bytes that hold nearly every paper
const NEIGHBOURS = 2048; // papers that lie this near to each other come in one request
const PAGE = 20;
const MOST_TERMS = 24;
const MOST_REQUESTS = 24; // at once
// First the two newest months, for one may have just begun, and eight terms at once; then as many segments as need some
// twenty look-ups, term after term: most of them lack the first.
const FIRST_WAVE = { segments: 2, terms: 8 };
const LATER_LOOKUPS = 20;
const ENOUGH = 120_000; // bytes for a page: what is older than they reach is searched when it is asked for
const HEADERS = 400; // bytes that an answer costs besides
const TRIES = 3; // while segments are replaced
const PAUSE = 2000; // milliseconds before the last try: a cache may serve parts of two versions for a moment

// Terms

const CJK =
  '\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff' +
  '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}';
const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}])+`;
const HYPHEN = '[-\\u2010-\\u2013\\u2212]';
const TOKEN = new RegExp(`([${CJK}]+)|${WORD}(?:(?:\\.|${HYPHEN})${WORD})*`, 'gu');
const LONGEST_TERM = 40;

const folded = (text) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/['’]/g, '');

function term(word) {
  const cut = [...word].slice(0, LONGEST_TERM).join('');
  if (!/^[a-z]*[se]$/.test(cut)) return cut;
  return cut
    .replace(/^(.{2,}[^isu])s$/, '$1')
    .replace(/ie$/, 'y')
    .replace(/(ch|sh|x|ss|zz)e$/, '$1');
}

function* termsOf(text) {
  for (const [token, run] of text.matchAll(TOKEN)) {
    if (run) {
      const characters = [...run];
      const pairs = characters.slice(1).map((character, i) => characters[i] + character);
      yield* pairs.filter((_, i) => i % 2 === 0); // these say nearly all: the others are looked up when they are found
      yield* pairs.filter((_, i) => i % 2 === 1);
    } else {
      yield* token.split(new RegExp(HYPHEN, 'u')).map(term);
    }
  }
}

const rarity = (term) => (term.startsWith('cat:') ? 0 : term.length);

/**
 * What a paper must hold, all of it, to be found; what is likely to be rare comes first. `au:` and `cat:` before a word
 * ask for authors and categories.
 */
export function queryTerms(query) {
  const found = new Set();
  for (const word of folded(query).split(/\s+/)) {
    const [, field, text] = /^((?:au|cat):)?(.*)$/su.exec(word);
    for (const one of termsOf(text)) found.add((field ?? '') + one);
  }
  return [...found].sort((one, other) => rarity(other) - rarity(one)).slice(0, MOST_TERMS);
}

// Segments

class Changed extends Error {} // a segment was replaced while it was read

let loaded = 0; // bytes of segments
let free = MOST_REQUESTS;
const waiting = [];

async function inTurn(task) {
  if (free > 0) free -= 1;
  else await new Promise((resolve) => waiting.push(resolve));
  try {
    return await task();
  } finally {
    if (waiting.length > 0) waiting.shift()();
    else free += 1;
  }
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function* varints(bytes) {
  let number = 0;
  let shift = 0;
  for (const byte of bytes) {
    number += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte < 0x80) {
      yield number;
      number = shift = 0;
    }
  }
}

function* counted(bucket) {
  for (let at = 0; at < bucket.length; ) {
    const { value: length } = varints(bucket.subarray(at)).next();
    while (bucket[at] >= 0x80) at += 1;
    yield bucket.subarray(at + 1, at + 1 + length);
    at += 1 + length;
  }
}

function placesIn(bucket, term) {
  const parts = [...counted(bucket)];
  const isTerm = (part, i) => i % 2 === 0 && part.length === term.length && part.every((byte, j) => byte === term[j]);
  const at = parts.findIndex(isTerm);
  const places = [];
  let place = 0;
  if (at >= 0) for (const distance of varints(parts[at + 1])) places.push((place += distance));
  return places;
}

const intersection = (places, others) => places.filter((place) => others.has(place));

class Segment {
  #address;
  #version;
  #whole;
  #buckets = new Map();

  constructor(address) {
    this.#address = address;
  }

  /** Places of the papers that hold every term, newest first; `count` terms at once, then twice as many, and so on. */
  async holding(terms, count) {
    let places;
    for (let [at, size] = [0, count]; at < terms.length && places?.length !== 0; [at, size] = [at + size, 2 * size]) {
      const found = await Promise.all(terms.slice(at, at + size).map((one) => this.#places(one)));
      for (const others of found) places = places ? intersection(places, new Set(others)) : others;
    }
    return places;
  }

  /** The papers at these places, which lie near to each other: [id, date, title, categories] of each. */
  async papers(places) {
    const start = PAPERS + places[0] * UNIT;
    const bytes = await this.#read(start, PAPERS + places.at(-1) * UNIT + RECORD);
    return Promise.all(places.map((place) => this.#paper(bytes, PAPERS + place * UNIT - start, start)));
  }

  async #paper(bytes, at, start) {
    const end = at + 4 + numbers(bytes)(at);
    const text = end <= bytes.length ? bytes.subarray(at + 4, end) : await this.#read(start + at + 4, start + end);
    return JSON.parse(new TextDecoder().decode(text));
  }

  async #places(text) {
    const term = new TextEncoder().encode(text);
    const slot = crc32(term) % SLOTS;
    if (!this.#buckets.has(slot)) this.#buckets.set(slot, this.#bucket(slot));
    return placesIn(await this.#buckets.get(slot), term);
  }

  async #bucket(slot) {
    const table = numbers(await this.#read(TABLE + 4 * slot, TABLE + 4 * slot + 8));
    return table(0) < table(4) ? this.#read(table(0), table(4)) : new Uint8Array();
  }

  /** Bytes of the segment as it was when it was first read. A server without ranges gives the whole, to be kept. */
  async #read(from, to) {
    if (!this.#whole) {
      const { isRange, body } = await inTurn(() => this.#asked(from, to));
      if (isRange) return body;
      this.#whole = body;
    }
    return this.#whole.subarray(from, to);
  }

  // Versions are compared here: with If-Range a replaced segment would come whole, and a cache may ignore it.
  async #asked(from, to) {
    const answer = await fetch(this.#address, { cache: 'no-store', headers: { Range: `bytes=${from}-${to - 1}` } });
    if (answer.status === 416) throw new Changed();
    if (!answer.ok) throw new Error(`${this.#address}: ${answer.status}`);
    const version = answer.headers.get('ETag') ?? answer.headers.get('Last-Modified');
    this.#version ??= version;
    if (version !== this.#version) throw new Changed();
    const body = new Uint8Array(await answer.arrayBuffer());
    loaded += body.length + HEADERS;
    return { isRange: answer.status === 206, body };
  }
}

function numbers(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (at) => view.getUint32(at, true);
}

const segments = new Map(); // by name: what was read of them is kept for the next search

async function segmentsOf(root) {
  const answer = await fetch(`${root}search/index.json`);
  if (!answer.ok) throw new Error(`search/index.json: ${answer.status}`);
  const index = await answer.json();
  if (index.version !== VERSION) throw new Error('search/index.json is of another version');
  return index.segments.map((name) => {
    if (!segments.has(name)) segments.set(name, new Segment(`${root}search/${name}.bin`));
    return segments.get(name);
  });
}

// Results

/** Pages of papers, newest first; older segments are read as pages are asked for. */
async function* pagesOf(root, terms) {
  const all = await segmentsOf(root);
  const hits = [];
  let [at, size, count] = [0, FIRST_WAVE.segments, FIRST_WAVE.terms];
  while (at < all.length || hits.length > 0) {
    const limit = loaded + ENOUGH;
    while (at < all.length && hits.length < PAGE && loaded < limit) {
      const wave = all.slice(at, at + size);
      const places = await Promise.all(wave.map((segment) => segment.holding(terms, count)));
      hits.push(...wave.flatMap((segment, i) => places[i].map((place) => ({ segment, place }))));
      [at, size, count] = [at + size, Math.ceil(LATER_LOOKUPS / terms.length), 1];
    }
    const papers = await papersOf(hits.splice(0, PAGE));
    yield { papers, hasOlder: at < all.length || hits.length > 0 };
  }
}

async function papersOf(hits) {
  const runs = [];
  for (const { segment, place } of hits) {
    const run = runs.at(-1);
    if (run?.segment === segment && (place - run.places.at(-1)) * UNIT <= NEIGHBOURS) run.places.push(place);
    else runs.push({ segment, places: [place] });
  }
  return (await Promise.all(runs.map((run) => run.segment.papers(run.places)))).flat();
}

function element(name, attributes, text) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

function resultOf(root, [id, date, title, categories]) {
  const item = document.createElement('li');
  const href = `${root}papers/${id.split('/').map(encodeURIComponent).join('/')}.html`;
  item.append(
    element('a', { href, lang: 'en' }, title),
    ' ',
    element('time', { dateTime: date }, date),
    ' ',
    element('span', { className: 'categories' }, categories.join(' ')),
  );
  return item;
}

/**
 * Attributes of the form: data-root, the way to the site's root, and what is said: data-searching, data-short (nothing
 * to search for: one Chinese character is too little), data-none, data-found and data-more (with {n}, the papers shown;
 * the latter while there may be older ones), data-failed.
 */
export function start() {
  const [form, status, list, older] = ['', '-status', '-results', '-older'].map((name) =>
    document.getElementById(`search${name}`),
  );
  const root = form.dataset.root ?? '';
  const shown = new Set(); // ids: a later version of a paper may stand in a later edition
  let pages; // of the search that is shown

  const say = (what) => (status.textContent = (form.dataset[what] ?? '').replace('{n}', shown.size));

  function show({ papers, hasOlder }) {
    const fresh = papers.filter(([id]) => !shown.has(id) && shown.add(id));
    list.append(...fresh.map((paper) => resultOf(root, paper)));
    older.hidden = !hasOlder;
    say(hasOlder ? 'more' : shown.size > 0 ? 'found' : 'none');
  }

  async function next(own, tries) {
    list.setAttribute('aria-busy', 'true');
    say('searching');
    try {
      const { value } = await own.next();
      if (own === pages) show(value ?? { papers: [], hasOlder: false });
    } catch (error) {
      segments.clear();
      if (error instanceof Changed && tries === 2) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (own !== pages) return;
      if (error instanceof Changed && tries > 1) return search(tries - 1);
      older.hidden = true;
      say('failed');
      console.warn(error);
    }
    if (own === pages) list.setAttribute('aria-busy', 'false');
  }

  async function search(tries = TRIES) {
    const query = form.elements.q.value;
    const terms = queryTerms(query);
    pages = terms.length > 0 ? pagesOf(root, terms) : undefined;
    shown.clear();
    list.replaceChildren();
    list.setAttribute('aria-busy', 'false');
    older.hidden = true;
    if (pages) await next(pages, tries);
    else say(query.trim() ? 'short' : 'nothing');
  }

  function follow() {
    form.elements.q.value = new URLSearchParams(location.search).get('q') ?? '';
    search();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    history.pushState(null, '', `?${new URLSearchParams({ q: form.elements.q.value })}`);
    search();
  });
  older.addEventListener('click', async () => {
    const before = list.children.length;
    await next(pages, TRIES);
    list.children[before]?.querySelector('a').focus();
  });
  addEventListener('popstate', follow);
  follow();
}

if (document.getElementById('search')) start();
