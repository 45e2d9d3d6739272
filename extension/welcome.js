/** The first-run page: what the extension does and never does, its permission, a sample. */

import { loadLexicon } from "./lexicon.js";
import { find, preparePage, say, send } from "./page.js";
import { changeSettings } from "./settings.js";
import { ALL_SITES } from "./sites.js";

const settings = await preparePage();

async function showPermission() {
  const allowed = await chrome.permissions.contains(ALL_SITES);
  const button = find("allow", HTMLButtonElement);
  button.textContent = say(allowed ? "revokeAllSites" : "allowAllSites");
  button.classList.toggle("main", !allowed);
  find("allowed", HTMLSpanElement).textContent = allowed ? say("allSitesOn") : "";
}

find("allow", HTMLButtonElement).addEventListener("click", async () => {
  // Both must be called in the click itself: a promise before them would lose its permission.
  if (find("allowed", HTMLSpanElement).textContent) await chrome.permissions.remove(ALL_SITES);
  else await chrome.permissions.request(ALL_SITES);
  await showPermission();
});

/** Marks the sample with the chosen style, as pages are marked. */
/** @param {Zhiquan.Settings["style"]} style */
async function markSample(style) {
  for (const name of ["sample", "sample-underline", "sample-strong"]) CSS.highlights.delete(name);
  const lexicon = await loadLexicon();
  if (!lexicon) return;
  const sample = find("sample", HTMLParagraphElement);
  const node = /** @type {Text} */ (sample.firstChild);
  const ranges = ZhiquanMatcher.create(lexicon.data)
    .find(node.data)
    .map(({ start, end }) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      return range;
    });
  CSS.highlights.set(style === "soft" ? "sample" : `sample-${style}`, new Highlight(...ranges));
}

for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll("[name=style]")
)) {
  radio.checked = radio.value === settings.style;
  radio.addEventListener("change", async () => {
    const { style } = await changeSettings({
      style: /** @type {Zhiquan.Settings["style"]} */ (radio.value),
    });
    await markSample(style);
  });
}

async function showData() {
  const state = await send("get-state", {});
  const origin = state?.lexicon.origin ?? "none";
  const where = say(`data_${origin}`, state?.lexicon.lenders ?? 0);
  find("data", HTMLParagraphElement).textContent = where;
}

await showPermission();
await showData();
await markSample(settings.style);
