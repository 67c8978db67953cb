/** Patterns for names: `*` stands for any characters but `/`, `**` for any at all, `?` for one, `{a,b}` for either. */

/** Whether a name fits a pattern as a whole. */
export function fitsPattern(name: string, pattern: string): boolean {
  return new RegExp(`^${toExpression(pattern)}$`).test(name);
}

const tokens = /\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g;

function toExpression(pattern: string): string {
  return (pattern.match(tokens) ?? []).map(translate).join('');
}

function translate(token: string): string {
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.startsWith('{') && token.endsWith('}')) {
    return `(?:${token.slice(1, -1).split(',').map(toExpression).join('|')})`;
  }
  return token.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
}
