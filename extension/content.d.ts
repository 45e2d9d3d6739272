/** What the content scripts of one frame share: they run in one isolated world. */
declare namespace Zhiquan {
  /**
   * Sibling nodes that read as one line; `text` is the browser's own textContent of them, and
   * `places` are where names may stand in it, null when that is not known.
   */
  interface Unit {
    container: Element | ShadowRoot;
    first: Node;
    last: Node;
    text: string;
    places: number[] | null;
  }

  /** A node that was read, and the places that fell into its text. */
  interface Child {
    node: Node;
    text: string;
    places: number[];
  }

  /** A unit's text as seen, with the text nodes it came from and where each begins in it. */
  interface Line {
    text: string;
    nodes: Text[];
    starts: number[];
    places: number[] | null; // where names may stand, when that is known
  }

  interface Place {
    startNode: Text;
    startOffset: number;
    endNode: Text;
    endOffset: number;
  }

  /** One marked name. */
  interface Hit extends Place {
    lender: string;
    surface: string;
    head: string; // what the first and the last node held of it, to notice changes
    tail: string;
    range: StaticRange | null; // set while it is drawn
  }

  interface Painter {
    names: string[];
    add(hit: Hit): void;
    remove(hit: Hit): void;
    near(): Hit[];
    setCurrent(hit: Hit | null): void;
    stop(): void;
  }

  /** What was found; the generators do one small step of work at a time. */
  interface Hits {
    list(): Hit[];
    size(): number;
    read(unit: Unit, title: string): Iterable<undefined>;
    judgeAgain(title: string): Generator<undefined, void, void>;
    dropStale(): Generator<undefined, void, void>;
    stop(): void;
  }

  interface MarksOptions {
    match: MatchData;
    anchors: Anchors;
    names: Map<string, string>; // of lenders, by id
    quiet: boolean;
    settings: Settings;
    send<N extends MessageName>(
      type: N,
      payload: Messages[N]["send"],
    ): Promise<Messages[N]["reply"] | null>;
  }

  interface Marks {
    hits: Hits;
    highlights: string[];
    startNotes(): Promise<void>;
    counts(): LenderCount[];
    jump(direction: 1 | -1): void;
    jumpTo(lender: string): boolean;
    stop(): void;
  }

  interface Scanner {
    hits(): Hit[];
    isDone(): boolean;
    stop(): void;
  }

  /** What data/currency.json says of one stale name; see crawler/cli/currency.py. */
  interface NoteEntry {
    kind: "statute" | "regulator";
    status: Currency;
    successor: string | null;
    since: string | null; // a later day than today's: it still holds
    present: string[]; // the names that hold now
  }

  interface NoteData {
    entries: NoteEntry[];
    names: [surface: string, entry: number, guarded: number][];
    hides: string[]; // names that hold, with a stale one inside
    documents: string[]; // such codes of documents (银保监发), before a number
    words: Record<string, string[]>;
    places: string[];
    numbers: Record<string, string>; // verified numbers' digits -> owner
  }

  interface NoteOptions {
    lenders: Matcher;
    outdated: boolean;
    numbers: boolean;
  }

  /** What the card says of a mark that is no lender. */
  interface Note {
    status: string;
    lines: string[];
  }

  interface Notes {
    near(): Hit[];
    hits(): Hit[];
    describe(hit: Hit): Note;
    setCurrent(hit: Hit | null): void;
    stop(): void;
  }

  interface OpenCard {
    close(): void;
  }

  /** What the popup and the background reach in a frame. */
  interface Frame {
    report(): PageReport;
    jump(direction: 1 | -1): void;
    jumpTo(lender: string): boolean;
    stop(): void;
  }
}

declare var ZhiquanAnchors: {
  create(data: Zhiquan.MatchData): Zhiquan.Anchors;
  pairOf(left: number, right: number, side: number, shift: number): number;
  codes: Record<
    "DROP" | "SEVERAL" | "STRANGE" | "SPACE" | "NEWLINE" | "BLOOM_A" | "BLOOM_B",
    number
  >;
};
declare var ZhiquanMatcher: {
  create(lexicon: { match?: unknown }, anchors?: Zhiquan.Anchors): Zhiquan.Matcher;
};
declare var ZhiquanTables: {
  prepare<T extends { match?: unknown }>(lexicon: T): T;
  makeAnchors(match: Zhiquan.MatchData): Zhiquan.Anchors;
};
declare var ZhiquanChildren: {
  childrenAt(parent: Node, text: string, places: number[]): Zhiquan.Child[];
  isElement(node: Node): node is Element;
  isText(node: Node): node is Text;
  textOf(node: Node): string;
};
declare var ZhiquanBlocks: {
  findUnits(
    root: Element | ShadowRoot,
    placesIn: (text: string) => number[] | null,
  ): Generator<Zhiquan.Unit | null, void, void>; // null is a pause
  isElement(node: Node): node is Element;
  isText(node: Node): node is Text;
  isSkipped(element: Element): boolean;
  rejectSkipped(node: Node): number;
  isOffLimits(node: Node): boolean;
  isEditable(node: Node): boolean;
  blockAround(node: Node): Element | ShadowRoot | null;
};
declare var ZhiquanLines: {
  readLine(unit: Zhiquan.Unit, breaks?: Set<Text>): Zhiquan.Line;
  placeOf(line: Zhiquan.Line, start: number, end: number): Zhiquan.Place;
  findBreaks(line: Zhiquan.Line, place: Zhiquan.Place): Text[];
};
declare var ZhiquanHits: {
  create(options: { matcher: Zhiquan.Matcher; painter: Zhiquan.Painter | null }): Zhiquan.Hits;
};
declare var ZhiquanMarks: { start(options: Zhiquan.MarksOptions): Zhiquan.Marks };
declare var ZhiquanScanner: {
  create(options: {
    /** Where a name may stand in a text; null is somewhere. */
    placesIn(text: string): number[] | null;
    /** What reads those places; null when it cannot be had now. */
    loadHits(): Promise<Zhiquan.Hits | null>;
    onChange(): void;
  }): Zhiquan.Scanner;
};
declare var ZhiquanNotes: {
  createMatcher(
    data: Zhiquan.NoteData,
    options: Zhiquan.NoteOptions & { today: string },
  ): Zhiquan.Matcher;
  describe(data: Zhiquan.NoteData, id: string): Zhiquan.Note;
  today(): string;
  start(
    options: Zhiquan.NoteOptions & { data: Zhiquan.NoteData; onFound(names: string[]): void },
  ): Zhiquan.Notes;
};
declare var ZhiquanAround: {
  DOCUMENT: RegExp;
  endsIn(text: string, words: string[]): boolean;
  isExplainedAfter(
    text: string,
    end: number,
    entry: Zhiquan.NoteEntry,
    data: Zhiquan.NoteData,
  ): boolean;
  isFormerBefore(
    text: string,
    start: number,
    entry: Zhiquan.NoteEntry,
    data: Zhiquan.NoteData,
  ): boolean;
  isItself(
    text: string,
    start: number,
    end: number,
    guarded: boolean,
    entry: Zhiquan.NoteEntry,
    data: Zhiquan.NoteData,
  ): boolean;
  isListed(text: string, last: number, start: number): boolean;
};
declare var ZhiquanNumbers: {
  find(
    text: string,
    known: Map<string, string>,
  ): { start: number; end: number; number: string; verified: string | undefined }[];
};
declare var ZhiquanPainter: { create(): Zhiquan.Painter };
declare var ZhiquanChoice: {
  chooseItems(data: Zhiquan.CardData): { fitting: boolean; shown: Zhiquan.GuidanceItem[] };
};
declare var ZhiquanCard: {
  open(options: {
    hit: Zhiquan.Hit;
    data: Zhiquan.CardData | null;
    note?: Zhiquan.Note | null;
    takeFocus: boolean;
    onClose(): void;
  }): Zhiquan.OpenCard;
};
declare var zhiquan: Zhiquan.Frame | undefined;
