/** The help pages that come with Spikeloom, by file name without ending. */
const found = import.meta.glob<string>('../../../assets/help/*.md', { query: '?raw', import: 'default', eager: true });

/** The text of a page, empty when there is none of the name. */
export function helpPage(name: string): string {
  return found[`../../../assets/help/${name}.md`] ?? '';
}
