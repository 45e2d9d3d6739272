/** The person's settings: defaults, reading, and checking what comes from storage or a file. */

/** @type {Readonly<Zhiquan.Settings>} */
export const DEFAULTS = Object.freeze({
  apiAddress: "http://127.0.0.1:8000",
  useApi: true,
  style: "soft",
  hoverDelay: 0,
  openIn: "panel",
  excluded: [],
  textSize: 100,
  markOutdated: false,
  markNumbers: false,
});

const STYLES = ["soft", "underline", "strong"];
const MOST_EXCLUDED = 500;

/** The origin of an API address, or null when it must not be used: https, or this machine. */
/** @param {unknown} address */
export function parseAddress(address) {
  if (typeof address !== "string" || !URL.canParse(address.trim())) return null;
  const { protocol, hostname, origin, username, password } = new URL(address.trim());
  const isLoopback = ["127.0.0.1", "localhost"].includes(hostname);
  if (username || password) return null;
  return protocol === "https:" || (protocol === "http:" && isLoopback) ? origin : null;
}

/** A host name as settings keep it, or null: lower case, without port and "www.". */
/** @param {unknown} site */
export function parseSite(site) {
  if (typeof site !== "string" || !site.trim()) return null;
  const address = site.includes("://") ? site.trim() : `https://${site.trim()}`;
  if (!URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^www\./, "") || null;
}

/** Settings with every doubtful value replaced by its default; never fails. */
/** @param {unknown} value @returns {Zhiquan.Settings} */
export function parseSettings(value) {
  /** @type {Record<string, unknown>} */
  const given = typeof value === "object" && value !== null ? { ...value } : {};
  const sites = Array.isArray(given.excluded) ? given.excluded.map(parseSite) : [];
  return {
    apiAddress: parseAddress(given.apiAddress) ?? DEFAULTS.apiAddress,
    useApi: typeof given.useApi === "boolean" ? given.useApi : DEFAULTS.useApi,
    style: /** @type {Zhiquan.Settings["style"]} */ (
      STYLES.includes(String(given.style)) ? given.style : DEFAULTS.style
    ),
    hoverDelay: numberIn(given.hoverDelay, 0, 3000, DEFAULTS.hoverDelay),
    openIn: given.openIn === "tab" ? "tab" : "panel",
    excluded: [...new Set(sites.filter((site) => site !== null))].slice(0, MOST_EXCLUDED),
    textSize: numberIn(given.textSize, 80, 200, DEFAULTS.textSize),
    markOutdated: given.markOutdated === true,
    markNumbers: given.markNumbers === true,
  };
}

/** @param {unknown} value @param {number} least @param {number} most @param {number} otherwise */
function numberIn(value, least, most, otherwise) {
  if (typeof value !== "number" || !Number.isFinite(value)) return otherwise;
  return Math.min(most, Math.max(least, Math.round(value)));
}

/** @returns {Promise<Zhiquan.Settings>} */
export async function loadSettings() {
  const { settings } = await chrome.storage.local.get("settings");
  return parseSettings(settings);
}

/** Stores the settings with some of them changed, and returns them all. */
/** @param {Partial<Zhiquan.Settings>} changes */
export async function changeSettings(changes) {
  const settings = parseSettings({ ...(await loadSettings()), ...changes });
  await chrome.storage.local.set({ settings });
  return settings;
}
