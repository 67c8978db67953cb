/** The theme of the page: which tokens are in force. */
import './fonts.css';
import './tokens.css';
import './global.css';

/** Puts the tokens of the theme in force. */
export function applyTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = theme;
}
