/** What marks look like, and how a page gets it without seeing a style sheet of ours. */

/** Text styles by the person's choice. */
const STYLES = {
  soft: "background-color: rgb(20 150 130 / .2); text-decoration: underline 2px rgb(15 130 112)",
  underline: "text-decoration: underline 2px rgb(15 130 112)",
  strong:
    "background-color: rgb(255 209 77); color: #1d1600; text-decoration: underline 2px #7a4b00",
};

/** How lenders' names are marked. */
/** @param {string[]} names @param {Zhiquan.Settings} settings */
export function styleOf([all, current], { style }) {
  return (
    `::highlight(${all}) { ${STYLES[style]} }` +
    `::highlight(${current}) { background-color: rgb(255 190 60 / .55) }`
  );
}

/** Marks that are no lender's name: another line, so that no colour has to tell them apart. */
/** @param {string[]} names */
export const noteStyleOf = ([all, current]) =>
  `::highlight(${all}) { text-decoration: underline wavy 1.5px rgb(190 95 20) }` +
  `::highlight(${current}) { background-color: rgb(255 190 60 / .55) }`;

/** Inserted style sheets are not among document.styleSheets: the page sees none of ours. */
/** @param {string} css @param {{ tabId: number; frameId?: number; documentId?: string }} place */
export async function addStyle(css, { tabId, frameId, documentId }) {
  const target = documentId
    ? { tabId, documentIds: [documentId] }
    : { tabId, frameIds: [frameId ?? 0] };
  await chrome.scripting.insertCSS({ target, css });
}
