/** The options: every change is stored at once; nothing here reaches the network but refresh. */

import { saveFile } from "./calendar.js";
import { find, preparePage, say, send } from "./page.js";
import { changeSettings, loadSettings, parseAddress, parseSettings } from "./settings.js";
import { ALL_SITES } from "./sites.js";

const form = find("form", HTMLFormElement);

/** @param {string} name */
function field(name) {
  const found = form.elements.namedItem(name);
  if (found instanceof RadioNodeList || !found) throw new TypeError(`no field ${name}`);
  return /** @type {HTMLInputElement} */ (found);
}

/** @param {Zhiquan.Settings} settings */
function fill(settings) {
  for (const name of ["style", "openIn", "apiAddress"]) {
    field(name).value = String(settings[/** @type {keyof Zhiquan.Settings} */ (name)]);
  }
  const delays = [0, 400, 800];
  const nearest = delays.reduce((best, delay) =>
    Math.abs(delay - settings.hoverDelay) < Math.abs(best - settings.hoverDelay) ? delay : best,
  );
  field("hoverDelay").value = String(nearest);
  field("textSize").value = String(settings.textSize);
  field("excluded").value = settings.excluded.join("\n");
  for (const name of ["useApi", "markOutdated", "markNumbers"]) {
    field(name).checked = settings[/** @type {keyof Zhiquan.Settings} */ (name)] === true;
  }
}

/** What the form says; an unusable API address is left out. */
/** @returns {Partial<Zhiquan.Settings>} */
function read() {
  const address = parseAddress(field("apiAddress").value);
  find("api-fault", HTMLParagraphElement).hidden = address !== null;
  return {
    ...(address ? { apiAddress: address } : {}),
    style: /** @type {Zhiquan.Settings["style"]} */ (field("style").value),
    hoverDelay: Number(field("hoverDelay").value),
    openIn: /** @type {Zhiquan.Settings["openIn"]} */ (field("openIn").value),
    textSize: Number(field("textSize").value),
    excluded: field("excluded").value.split(/\s+/).filter(Boolean),
    useApi: field("useApi").checked,
    markOutdated: field("markOutdated").checked,
    markNumbers: field("markNumbers").checked,
  };
}

/** @param {string} key */
function tell(key) {
  find("saved", HTMLParagraphElement).textContent = say(key);
}

/** @param {Zhiquan.State | null} state */
async function showState(state) {
  const { origin = "none", lenders = 0, checkedAt = "", version = "" } = state?.lexicon ?? {};
  const when = checkedAt && new Date(checkedAt).toLocaleString();
  find("data", HTMLParagraphElement).textContent = [
    say(`data_${origin}`, lenders),
    when && say("checkedAt", when),
    version && say("dataVersion", version),
    state && say(`api_${state.api}`),
  ]
    .filter(Boolean)
    .join(document.documentElement.lang.startsWith("zh") ? "" : " ");
  const allowed = await chrome.permissions.contains(ALL_SITES);
  find("allow", HTMLButtonElement).textContent = say(allowed ? "revokeAllSites" : "allowAllSites");
  find("allow", HTMLButtonElement).dataset.allowed = String(allowed);
  find("allowed", HTMLSpanElement).textContent = allowed ? say("allSitesOn") : say("allSitesOff");
}

function listen() {
  form.addEventListener("change", async () => {
    fill(await changeSettings(read()));
    tell("saved");
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const allow = find("allow", HTMLButtonElement);
  allow.addEventListener("click", async () => {
    if (allow.dataset.allowed === "true") await chrome.permissions.remove(ALL_SITES);
    else await chrome.permissions.request(ALL_SITES);
    await showState(await send("get-state", {}));
  });
  find("refresh", HTMLButtonElement).addEventListener("click", async ({ currentTarget }) => {
    const button = /** @type {HTMLButtonElement} */ (currentTarget);
    button.disabled = true;
    await showState(await send("refresh", {}));
    button.disabled = false;
  });
  find("export", HTMLButtonElement).addEventListener("click", async () => {
    saveFile(
      "zhiquan-settings.json",
      JSON.stringify(await loadSettings(), null, 2),
      "application/json",
    );
  });
  const file = find("file", HTMLInputElement);
  find("import", HTMLButtonElement).addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const text = await file.files?.[0]?.text();
    file.value = "";
    try {
      fill(await changeSettings(parseSettings(JSON.parse(text ?? ""))));
      tell("saved");
    } catch {
      tell("importFault");
    }
  });
  find("clear", HTMLButtonElement).addEventListener("click", async () => {
    if (!confirm(say("clearAllSure"))) return;
    await showState(await send("clear-all", {}));
    fill(await loadSettings());
    tell("cleared");
  });
}

fill(await preparePage());
listen();
await showState(await send("get-state", {}));
