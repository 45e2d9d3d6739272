/** The lexicon as crawler/lexicon_json.py writes it, and what the matcher makes of it. */
declare namespace Zhiquan {
  interface LexiconDocument {
    format: number; // raised when an older extension could not read the document
    version: string; // changes exactly when anything else in the document does
    lenders: CardLender[]; // for people; the matcher does not read it
    match: MatchData;
  }

  interface CardLender {
    id: string;
    name: string;
    kind: string; // as LenderKind in crawler/vocabulary.py
    licence: string;
    status: string; // active, closed or likely_defunct
    operator?: string; // only when verified
    hotline?: string; // only when verified
    domains?: string[];
    surfaces: string[]; // the name first, then the aliases
    checked: string; // the day the facts were checked, YYYY-MM-DD
  }

  /** Lists over all names are in the order of `names`. */
  interface MatchData {
    reach: number; // code points to either side in which a context word counts
    lenders: string; // ids, one a line; `owners` holds positions in it
    names: string; // folded surfaces, one a line
    owners: number[];
    needs: string; // for each name the points it needs, as a base-36 digit
    anchors: string; // for each name where its anchor stands, as a base-36 digit
    shapes: Record<string, AnchorShapes>; // by anchor
    forms: string; // other characters that fold to something with an anchor in it
    rules: Record<string, NameRules>; // by position in `names`
    context: string[];
    before: Record<string, number>;
    after: Record<string, number>;
    namingBefore?: Record<string, number>; // for all names but nouns
    namingAfter?: Record<string, number>;
    crossingBefore?: Record<string, string>; // by a name's first character what makes a word with it
    crossingAfter?: Record<string, string>; // by its last character
    deeds?: string[]; // what lenders and borrowers do
    signs?: string[]; // those that nobody says of an ordinary thing
    pageWords?: string[]; // a page without any of them speaks neither of lending nor of a firm
    usageBias?: number; // what weak signs say, in steps of a point
    usage?: Record<string, string>; // by weight the signs that have it, a space between them
    numerals?: string; // what numbers are written with
    separators: string[];
    openers: string;
    closers: string;
    fold: [string, string]; // traditional characters, and the simplified ones
    tables?: { pairs: string; bloom: string }; // base64; added where the document is stored
  }

  /** Where an anchor stands in its names: position * 256 + length, with and without spaces. */
  interface AnchorShapes {
    exact: number[];
    loose: number[];
    before: number; // the most characters, spaces left out, before it
    after: number;
  }

  /** How characters fold: what each becomes, 0 while it is not known. */
  interface Folder {
    table: Uint16Array;
    several: Map<number, number[]>; // what those marked SEVERAL become
    foldCode(code: number): number; // or DROP, SEVERAL, STRANGE or SPACE
  }

  /** What rules texts out on every page; see anchors.js. */
  interface Anchors {
    shapes: Map<number, AnchorShapes>;
    folder: Folder;
    mayHave(hash: number): boolean; // whether a name without its spaces has this hash
    placesIn(text: string): number[];
    mayContain(text: string): boolean;
  }

  interface NameRules {
    blocks?: [string, string][];
    before?: Record<string, number>;
    after?: Record<string, number>;
    brands?: string[];
    foils?: string[];
    noun?: boolean;
    term?: boolean;
    page?: boolean; // whether it counts only on pages of lending or firms; else ambiguous ones do
    context?: string[]; // instead of the general words
    more?: string[]; // beside the general words
  }

  /** Whether any of some words stands in a part of a text. */
  type Words = (text: string, start?: number, end?: number) => boolean;

  /** Words beside a name and their points; by the nearest unit the words' lengths, as bits. */
  type Cues = Map<string | number, number>;

  /** The title of what is searched. */
  interface Title {
    text: string;
    heading: string; // folded
    inTitle: Set<number>; // the lenders it names
    titled: string[]; // by which names
    candidates: Candidate[];
  }

  /** The rules of one name, ready for use. */
  interface Rules {
    need: number;
    blocks: [string, string][];
    before: Cues;
    after: Cues;
    brands: Words;
    foils: Words;
    noun: boolean;
    term: boolean;
    context: Words;
  }

  /** A mention; offsets are UTF-16 units of the text that was searched. */
  interface Found {
    lender: string;
    surface: string;
    start: number;
    end: number;
  }

  /** What has been found beyond doubt in a document so far. */
  interface Memory {
    lenders: Set<number>; // by their position
    names: Set<number>;
    speaks: boolean; // whether the page speaks of lending or of a firm
    page: string; // what else the page says, which is not searched
    last: Candidate[]; // those found last, the latest behind
  }

  /**
   * A folded line; `from` and `to` lead back to the original text. Null stands for a line
   * that folds one to one and begins at `shift`.
   */
  interface FoldedLine {
    text: string;
    shift: number;
    from: Int32Array | null;
    to: Int32Array | null;
  }

  interface Candidate {
    line: FoldedLine;
    name: number;
    start: number;
    end: number;
    cues: [number, number] | null; // the points of the best on each side, once read
    usage: number | null; // the steps of the weak signs around it, once weighed
  }

  /** The candidates of one line by where they start and end. */
  interface Neighbours {
    starting: Map<number, Candidate[]>;
    ending: Map<number, Candidate[]>;
  }
}
