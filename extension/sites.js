/** Which sites the content scripts run on: all, when the person allowed it, or none. */

export const ALL_SITES = { origins: ["http://*/*", "https://*/*"] };

export const CONTENT_SCRIPTS = [
  "anchors.js",
  "children.js",
  "blocks.js",
  "scanner.js",
  "content.js",
];

/** What a frame asks for when a name may stand in it. */
export const MARK_SCRIPTS = ["lines.js", "matcher.js", "painter.js", "hits.js", "marks.js"];

const ID = "marks";

/** Registers the content scripts exactly when all sites are allowed. */
export async function syncScripts() {
  const [allowed, registered] = await Promise.all([
    chrome.permissions.contains(ALL_SITES),
    chrome.scripting.getRegisteredContentScripts({ ids: [ID] }),
  ]);
  if (registered.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
  if (!allowed) return;
  await chrome.scripting.registerContentScripts([
    {
      id: ID,
      js: CONTENT_SCRIPTS,
      matches: ALL_SITES.origins,
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: "document_idle",
      persistAcrossSessions: true,
    },
  ]);
}
