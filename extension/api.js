/** The network: requests to the configured API, and files of the extension itself. */

/** Milliseconds until an answer counts as missing. */
const PATIENCE = 8000;
/** Characters of an answer; a lexicon of 20,000 names is about 2 million. */
const MOST_TEXT = 20_000_000;

/** The API cannot be reached, is slow, or serves something that is not what was asked for. */
export class ApiError extends Error {}

/**
 * @template T
 * @param {string} address the API's origin
 * @param {string} path
 * @param {(data: unknown) => data is T} isExpected
 * @returns {Promise<{ data: T; etag: string }>}
 */
export async function getJSON(address, path, isExpected) {
  const url = `${address}${path}`;
  let text = "";
  let etag = "";
  try {
    const response = await fetch(url, {
      // The browser's cache keeps the entity tag and sends it: an unchanged answer is a 304.
      cache: "no-cache",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new ApiError(`${url}: HTTP ${response.status}`);
    etag = response.headers.get("ETag") ?? "";
    text = await response.text();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(`${url}: ${error instanceof Error ? error.message : "no answer"}`);
  }
  const data = text.length > MOST_TEXT ? null : parseJSON(text);
  if (!isExpected(data)) throw new ApiError(`${url}: not the expected JSON`);
  return { data, etag };
}

/**
 * Sends what a person has just asked to be sent, and nothing with it. Throws an ApiError.
 * @param {string} address the API's origin
 * @param {string} path
 * @param {Record<string, string>} body
 */
export async function postJSON(address, path, body) {
  const url = `${address}${path}`;
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new ApiError(`${url}: ${error instanceof Error ? error.message : "no answer"}`);
  }
  if (!response.ok) throw new ApiError(`${url}: HTTP ${response.status}`);
}

/** @param {string} text @returns {unknown} */
function parseJSON(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A JSON file of the folder data/, or null when this copy of the extension has none. */
/** @param {string} name @returns {Promise<unknown>} */
export async function bundledFile(name) {
  try {
    const response = await fetch(chrome.runtime.getURL(`data/${name}`));
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
