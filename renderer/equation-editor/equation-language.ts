/** The equation language for the editor: how its words are told apart while typing. */
import { StreamLanguage, syntaxHighlighting, type StringStream } from '@codemirror/language';
import { tagHighlighter, tags } from '@lezer/highlight';
import { mathematicalConstants } from '../../engine/equations/constants.ts';
import { builtinFunctions } from '../../engine/equations/functions.ts';
import { flags } from '../../engine/equations/model-equations.ts';
import { isKeyword } from '../../engine/equations/reserved-names.ts';
import { findEquationUnit } from '../../engine/units/equation-units.ts';

/** What a word is; each has a style of its own. */
export type WordClass = 'keyword' | 'typeName' | 'function' | 'atom' | 'variableName';

const special = new Set(['t', 'dt', 't_in_timesteps', 'i', 'N', 'not_refractory', 'lastspike']);
const types = new Set(['boolean', 'integer']);
const flagWords = new Set(flags.flatMap((flag) => flag.split(/[ -]/u)).filter((word) => word !== 'dt'));

/** The class of a word of the language. */
export function classOfWord(word: string): WordClass {
  if (isKeyword(word)) return 'keyword';
  if (builtinFunctions.has(word)) return 'function';
  if (types.has(word) || (findEquationUnit(word) !== undefined && !mathematicalConstants.has(word))) return 'typeName';
  if (special.has(word) || mathematicalConstants.has(word) || /^xi(?:_|$)/u.test(word)) return 'atom';
  return 'variableName';
}

interface Place {
  /** Behind the unit of a definition, where flags stand. */
  inFlags: boolean;
}

function token(stream: StringStream, place: Place): string | null {
  if (stream.sol()) place.inFlags = false;
  if (stream.eatSpace()) return null;
  if (stream.match(/^#.*/u)) return 'comment';
  if (stream.match(/^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/u)) return 'number';
  // The left side of a differential equation.
  if (stream.match(/^d[A-Za-z_]\w*\s*\/\s*dt(?=\s*=)/u)) return 'definition';
  if (stream.match(/^[A-Za-z_]\w*/u)) return wordStyle(stream.current(), place);
  const sign = stream.next();
  if (sign === ':') place.inFlags = true;
  return 'operator';
}

function wordStyle(word: string, place: Place): string {
  if (place.inFlags && flagWords.has(word)) return 'flag';
  return classOfWord(word);
}

const language = StreamLanguage.define<Place>({
  name: 'equations',
  startState: () => ({ inFlags: false }),
  copyState: (place) => ({ ...place }),
  token,
  languageData: { commentTokens: { line: '#' } },
  tokenTable: {
    function: tags.function(tags.variableName),
    flag: tags.modifier,
    definition: tags.definition(tags.variableName),
  },
});

const classes = tagHighlighter([
  { tag: tags.comment, class: 'eq-comment' },
  { tag: tags.number, class: 'eq-number' },
  { tag: tags.keyword, class: 'eq-keyword' },
  { tag: tags.typeName, class: 'eq-unit' },
  { tag: tags.function(tags.variableName), class: 'eq-function' },
  { tag: tags.definition(tags.variableName), class: 'eq-definition' },
  { tag: tags.modifier, class: 'eq-flag' },
  { tag: tags.atom, class: 'eq-special' },
  { tag: tags.variableName, class: 'eq-name' },
  { tag: tags.operator, class: 'eq-operator' },
]);

/** Language and look; the colours stand in the style sheet, so both themes have them. */
export const equationLanguage = [language, syntaxHighlighting(classes)];
