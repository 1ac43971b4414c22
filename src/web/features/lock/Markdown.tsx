import MarkdownToElements, { type Components } from 'react-markdown';

/**
 * Markdown of people, as elements and never as HTML: tags in it stay text, addresses are http, https, mailto or
 * relative. Pictures are left out, since they would be fetched from elsewhere. Its headings, where it may have any, are
 * all of one level, below those of the page.
 */
export default function Markdown({ text, headings = false }: { text: string; headings?: boolean }) {
  return (
    <MarkdownToElements
      allowedElements={headings ? [...allowed, ...levels] : allowed}
      unwrapDisallowed
      components={components}
    >
      {text}
    </MarkdownToElements>
  );
}

const allowed = ['p', 'br', 'a', 'em', 'strong', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote'];
const levels = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const components: Components = {
  ...Object.fromEntries(levels.map((level) => [level, 'h3' as const])),
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
};
