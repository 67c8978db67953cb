/** Formulas by KaTeX without style attributes, which the page's content security policy refuses. */
import katex from 'katex';

/** What KaTeX draws before it is part of a page; the stretched parts of tall brackets bring a `style` among their attributes. */
interface FormulaNode {
  readonly attributes?: Record<string, string | undefined>;
  readonly children?: readonly FormulaNode[];
}

interface FormulaTree extends FormulaNode {
  toNode(): HTMLElement;
}

/** KaTeX's step before `render`, which its types leave out. */
interface TreeMaker {
  __renderToDomTree(tex: string, options: katex.KatexOptions): FormulaTree;
}

/** Where a style waits until it can be set as a property, which the policy allows. */
const waiting = 'data-style';

/** Sets `tex` as mathematics in `host`; throws KaTeX's error on a text that it cannot set. */
export function setFormula(host: HTMLElement, tex: string, display: boolean): void {
  const options = { displayMode: display, throwOnError: true, trust: false, strict: 'ignore' } as const;
  const tree = (katex as unknown as TreeMaker).__renderToDomTree(tex, options);
  putStylesAside(tree);
  const formula = tree.toNode();
  for (const part of formula.querySelectorAll<HTMLElement | SVGElement>(`[${waiting}]`)) {
    part.style.cssText = part.getAttribute(waiting) ?? '';
    part.removeAttribute(waiting);
  }
  host.replaceChildren(formula);
}

function putStylesAside({ attributes, children = [] }: FormulaNode): void {
  const style = attributes?.['style'];
  if (attributes !== undefined && style !== undefined) {
    delete attributes['style'];
    attributes[waiting] = style;
  }
  for (const child of children) putStylesAside(child);
}
