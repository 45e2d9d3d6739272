/**
 * Every message between the parts of the extension, and the data that goes with it.
 * Nothing here ever carries page text, an address or a page's title.
 */
declare namespace Zhiquan {
  /** What the person chose; kept in storage.local under "settings". */
  interface Settings {
    apiAddress: string;
    useApi: boolean;
    style: "soft" | "underline" | "strong";
    hoverDelay: number; // milliseconds; 0 switches hovering off
    openIn: "panel" | "tab";
    excluded: string[]; // host names; subdomains included
    textSize: number; // percent
    markOutdated: boolean; // statutes and public bodies that no longer are
    markNumbers: boolean; // unverified numbers beside lenders' names
  }

  /** The lexicon as kept in storage.local under "lexicon". */
  interface StoredLexicon {
    origin: "bundled" | "api";
    address: string; // the API it came from; "" for the bundled one
    etag: string;
    checkedAt: string; // ISO date and time of the last successful check
    data: LexiconData;
  }

  /** What GET /v1/lexicon and data/lexicon.json say; see crawler/lexicon_json.py. */
  interface LexiconData {
    format: number;
    version: string;
    lenders: LexiconLender[];
    match: { names: string };
  }

  interface LexiconLender {
    id: string;
    name: string;
    kind: string;
    licence: string;
    status: string;
    operator?: string; // only when verified
    hotline?: string; // only when verified
    domains?: string[]; // the lender's own sites, where nothing is drawn
    checked?: string;
  }

  /** One occurrence of a lender's name; UTF-16 offsets, half-open. */
  interface Span {
    lender: string;
    surface: string;
    start: number;
    end: number;
  }

  /** What a document has taught the matcher so far. */
  interface Memory {
    lenders: Set<string>;
    names: Set<number>;
    undecided: number; // ambiguous names left out for want of evidence
  }

  interface Matcher {
    find(text: string, title?: string, memory?: Memory, places?: number[]): Span[];
    mayContain(text: string): boolean;
    placesIn?(text: string): number[]; // where in the text; without it, anywhere
    remember(): Memory;
  }

  interface LenderCount {
    lender: string;
    name: string;
    count: number;
  }

  /** What one frame found. */
  interface PageReport {
    lenders: LenderCount[];
    quiet: boolean; // a lender's own site: counted, not marked
    excluded: boolean;
    done: boolean; // the first pass is over
  }

  /** What is known about a lender, as the card shows it. */
  interface LenderFacts {
    id: string;
    name: string;
    kind: string;
    status: string;
    licence: string;
    operator: string | null; // only when verified
    hotline: string | null; // only when verified
    complain: string[]; // where to complain, first step first
  }

  type Currency =
    | "current"
    | "amended"
    | "renamed"
    | "superseded"
    | "repealed"
    | "never_in_force"
    | "misattributed"
    | "unknown"
    | "explained" // the article itself says that it is out of date
    | "withdrawn"; // a document's number, which is right, of a document that no longer holds

  /** One line in a list of guidance. */
  interface GuidanceItem {
    id: string;
    title: string;
    origin: "house" | "article";
    topics: string[];
    published: string | null;
    outdated: number; // citations that no longer hold
  }

  interface CardData {
    lender: LenderFacts;
    items: GuidanceItem[];
    topics: TopicWords[];
  }

  interface TopicWords {
    id: string;
    name: string;
    severity: number;
    strong: string[];
    weak: string[];
    negative: string[];
  }

  interface Citation {
    text: string;
    kind: "statute" | "regulator" | "hotline";
    status: Currency;
    successor: string | null;
    since: string | null;
    start: number; // UTF-16 offset in the guidance's text, blocks joined by "\n"
    end: number;
    validWhenPublished: boolean | null;
  }

  interface Contact {
    number: string;
    verified: boolean;
    owner: string | null;
    start: number;
    end: number;
  }

  interface Block {
    type: "heading" | "paragraph" | "list_item" | "table_row" | "quote";
    text: string;
    links: { text: string; url: string }[];
  }

  /** A guidance as opened: a curated article, or a house text turned into sections. */
  interface Guidance {
    id: string;
    title: string;
    origin: "house" | "article";
    url: string | null;
    source: string | null;
    published: string | null;
    fetchedAt: string | null;
    checked: string | null;
    topics: string[];
    lenders: { id: string; name: string }[];
    blocks: Block[];
    citations: Citation[];
    contacts: Contact[];
    copies: { title: string; url: string; published: string | null }[];
    related: GuidanceItem[];
    sections: Section[];
    letters: Letter[];
    deadlines: Deadline[];
  }

  /** A part of a house text; "steps" is shown numbered, "avoid" with a warning sign. */
  interface Section {
    kind: "summary" | "first" | "steps" | "save" | "contacts" | "avoid";
    items: string[];
  }

  interface Letter {
    id: string;
    title: string;
    body: string; // {{name}} marks what the person fills in
    fields: { name: string; hint: string }[];
  }

  interface Deadline {
    what: string;
    days: number | null;
    text: string;
  }

  interface State {
    lexicon: {
      origin: "bundled" | "api" | "none";
      lenders: number;
      checkedAt: string;
      version: string;
    };
    allSites: boolean;
    api: "unused" | "ok" | "failing";
  }

  /** What a person may tell the API about an article; see POST /v1/guidance/{id}/reports. */
  type ReportKind = "outdated" | "wrong_lender" | "not_useful";

  /** Message name -> what is sent and what comes back. */
  interface Messages {
    "page-found": { send: { highlights: string[]; count: number; quiet: boolean }; reply: null };
    "load-marks": { send: Record<string, never>; reply: null };
    "load-notes": { send: Record<string, never>; reply: NoteData | null };
    "notes-found": { send: { highlights: string[] }; reply: null };
    "load-card": { send: Record<string, never>; reply: null };
    "describe-lender": { send: { lender: string }; reply: CardData | null };
    "open-guidance": { send: { id: string; lender: string }; reply: null };
    "get-guidance": { send: { id: string; lender: string }; reply: Guidance | null };
    report: { send: { id: string; kind: ReportKind }; reply: boolean };
    search: { send: { query: string }; reply: GuidanceItem[] };
    "get-topics": { send: Record<string, never>; reply: TopicWords[] };
    "get-hotlines": { send: Record<string, never>; reply: { number: string; name: string }[] };
    "list-guidance": { send: Record<string, never>; reply: GuidanceItem[] };
    refresh: { send: Record<string, never>; reply: State };
    "get-state": { send: Record<string, never>; reply: State };
    "clear-all": { send: Record<string, never>; reply: State };
  }

  type MessageName = keyof Messages;
  type Message = { [N in MessageName]: { type: N } & Messages[N]["send"] }[MessageName];

  /** Background to content script. */
  type TabMessage =
    | { type: "jump"; direction: 1 | -1 }
    | { type: "jump-to"; lender: string }
    | { type: "settings-changed" };
}
