/** What the content scripts of one frame share: they run in one isolated world. */
declare namespace Zhiquan {
  /** Sibling nodes that read as one line; `text` is the browser's own textContent of them. */
  interface Unit {
    container: Element | ShadowRoot;
    first: Node;
    last: Node;
    text: string;
  }

  /** A unit's text as seen, with the text nodes it came from and where each begins in it. */
  interface Line {
    text: string;
    nodes: Text[];
    starts: number[];
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

  interface Scanner {
    hits(): Hit[];
    isDone(): boolean;
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

declare var ZhiquanMatcher: {
  create(lexicon: { match?: unknown }): Zhiquan.Matcher;
  toCodePoints(text: string, spans: Zhiquan.Span[]): Zhiquan.Span[];
};
declare var ZhiquanBlocks: {
  findUnits(
    root: Element | ShadowRoot,
    mayContain: (text: string) => boolean,
  ): Generator<Zhiquan.Unit, void, void>;
  readLine(unit: Zhiquan.Unit, breaks?: Set<Text>): Zhiquan.Line;
  placeOf(line: Zhiquan.Line, start: number, end: number): Zhiquan.Place;
  findBreaks(line: Zhiquan.Line, place: Zhiquan.Place): Text[];
  isOffLimits(node: Node): boolean;
  findHosts(root: Element | ShadowRoot): Element[];
  blockAround(node: Node): Element | ShadowRoot | null;
};
declare var ZhiquanScanner: {
  create(options: {
    matcher: Zhiquan.Matcher;
    painter: Zhiquan.Painter | null;
    onChange(): void;
  }): Zhiquan.Scanner;
};
declare var ZhiquanPainter: { create(): Zhiquan.Painter };
declare var ZhiquanCard: {
  open(options: {
    hit: Zhiquan.Hit;
    data: Zhiquan.CardData | null;
    takeFocus: boolean;
    onClose(): void;
  }): Zhiquan.OpenCard;
};
declare var zhiquan: Zhiquan.Frame | undefined;
