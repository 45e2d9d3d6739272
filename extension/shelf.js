/** Answers of the API kept for reading without it, in the browser's cache storage, bounded. */

const SHELF = "answers";
/** So many answers are kept; at 20 kB each they stay around 6 MB. The oldest go first. */
const MOST_KEPT = 300;
/** Cache entries need an address; this one is never asked for. */
const ADDRESS = "https://shelf.invalid/";

/** @param {string} path */
const keyOf = (path) => `${ADDRESS}${encodeURIComponent(path)}`;

/** What was kept under a path, or null. */
/** @param {string} path @returns {Promise<unknown>} */
export async function takeKept(path) {
  try {
    const kept = await caches.match(keyOf(path), { cacheName: SHELF });
    return kept ? await kept.json() : null;
  } catch {
    return null; // private windows of some browsers have no cache storage
  }
}

/** Keeps data under a path; quietly keeps nothing when storage is full. */
/** @param {string} path @param {unknown} data */
export async function keep(path, data) {
  await keepAll([[path, data]]);
}

/** Keeps several at once; the last ones stay longest. */
/** @param {[path: string, data: unknown][]} entries */
export async function keepAll(entries) {
  try {
    const shelf = await caches.open(SHELF);
    for (const [path, data] of entries) {
      // Put replaces and moves to the end; when it fails, the copy from before is still there.
      await shelf.put(keyOf(path), new Response(JSON.stringify(data)));
    }
    const keys = await shelf.keys();
    for (const key of keys.slice(0, Math.max(0, keys.length - MOST_KEPT))) await shelf.delete(key);
  } catch {
    // What was opened is shown all the same, just not kept.
  }
}

export async function clearShelf() {
  await caches.delete(SHELF);
}
