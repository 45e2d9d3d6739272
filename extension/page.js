/** What the extension's own pages share: words, elements, messages, text size. */

import { loadSettings } from "./settings.js";

/** The message in the person's language; empty when there is none. */
/** @param {string} key @param {...(string | number)} rest */
export function say(key, ...rest) {
  return chrome.i18n.getMessage(key, rest.map(String)) || "";
}

/** Fills in every [data-say] and [data-say-label] of a page, and its language and text size. */
export async function preparePage() {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-say]")
  )) {
    node.textContent = say(node.dataset.say ?? "");
  }
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-say-label]")
  )) {
    const text = say(node.dataset.sayLabel ?? "");
    if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement)
      node.placeholder = text;
    node.ariaLabel = text;
  }
  const settings = await loadSettings();
  setTextSize(settings.textSize);
  return settings;
}

/** @param {number} percent */
export function setTextSize(percent) {
  document.documentElement.style.setProperty("--size", `${percent}%`);
}

/**
 * The element with this id; throws when the page has none, which is a mistake in the page.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function find(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`#${id} is missing`);
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string | { text?: string; className?: string }} [options]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, options = {}, ...children) {
  const { text = "", className = "" } = typeof options === "string" ? { text: options } : options;
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * @template {Zhiquan.MessageName} N
 * @param {N} type
 * @param {Zhiquan.Messages[N]["send"]} payload
 * @returns {Promise<Zhiquan.Messages[N]["reply"] | null>}
 */
export async function send(type, payload) {
  try {
    return await chrome.runtime.sendMessage({ type, ...payload });
  } catch {
    return null; // the worker was being replaced
  }
}

/** A web address that may be shown as a link, or null. */
/** @param {string | null} address */
export function webAddress(address) {
  if (!address || !URL.canParse(address)) return null;
  return ["http:", "https:"].includes(new URL(address).protocol) ? address : null;
}

/** A link that opens in a new tab and tells the other site nothing. */
/** @param {string} address @param {string} text */
export function makeLink(address, text) {
  const link = make("a", text);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

/** A button that opens a guidance in this page's place. */
/** @param {Zhiquan.GuidanceItem} item @param {string} lender */
export function makeItem(item, lender) {
  const link = make("a", { className: "item" }, make("span", item.title));
  link.href = `guidance.html?${new URLSearchParams({ id: item.id, lender })}`;
  const from =
    item.origin === "house" ? say("houseGuidance") : say("articleOf", item.published ?? "—");
  link.append(make("small", from));
  if (item.outdated > 0) {
    link.append(
      make("small", { text: say("outdatedCount", item.outdated), className: "badge warn" }),
    );
  }
  return make("li", {}, link);
}
