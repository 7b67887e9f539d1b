// Runs the client outside a browser for the tests in Go: reads one JSON object
// {dir, scripts, lang, queries: [{q, o}], tokens: [...]} from standard input and
// writes the answers, with the names and bytes of the files each query read.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const job = JSON.parse(fs.readFileSync(0));
function page() {
  const read = [];
  const document = {
    baseURI: 'file:///portal/index.html',
    documentElement: { lang: job.lang },
    querySelector: () => null,
    createElement: () => ({ remove() {} }),
    head: {
      appendChild(s) {
        const name = path.basename(s.src);
        let text;
        try { text = fs.readFileSync(path.join(job.dir, name), 'utf8'); } catch { setTimeout(() => s.onerror()); return; }
        read.push(name);
        setTimeout(() => { vm.runInContext(text, world); s.onload(); });
      },
    },
  };
  const window = {};
  const world = vm.createContext({ window, document, atob, TextDecoder, URL, setTimeout, console });
  Object.defineProperty(world, 'belfry_search', { get: () => window.belfry_search });
  for (const s of job.scripts) vm.runInContext(fs.readFileSync(s, 'utf8'), world);
  return { window, read };
}

const shared = page();
const out = { answers: [], words: [] };
for (const { q, o } of job.queries ?? []) {
  const p = job.fresh ? page() : shared;
  const from = p.read.length;
  const t = performance.now();
  try {
    const r = await p.window.belfry.search(q, o ?? {});
    out.answers.push({ total: r.total, ids: r.results.map(x => x.id), scores: r.results.map(x => x.score), results: job.full ? r.results : undefined,
      widened: r.widened, read: p.read.slice(from), ms: performance.now() - t,
      marked: job.mark ? (await p.window.belfry.index({})).mark(job.mark, r.terms).filter(m => m[1]).map(m => m[0]) : undefined });
  } catch (e) { out.answers.push({ error: String(e) }); }
}
if (job.tokens) {
  const { words } = await shared.window.belfry.index({ lang: job.lang });
  for (const text of job.tokens) {
    const l = [];
    words.tokens(text, (t, pos) => { const r = [...words.readings(t)]; l.push({ t, pos, r, k: words.key(t, r[0]) }); });
    out.words.push(l);
  }
}
process.stdout.write(JSON.stringify(out));
