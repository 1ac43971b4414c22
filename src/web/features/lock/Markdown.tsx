import MarkdownToElements, { type Components } from 'react-markdown';

/**
 * Markdown of people, as elements and never as HTML: tags in it stay text, addresses are http, https, mailto or
 * relative. Pictures are left out, since they would be fetched from elsewhere.
 */
export default function Markdown({ text }: { text: string }) {
  return (
    <MarkdownToElements allowedElements={allowed} unwrapDisallowed components={components}>
      {text}
    </MarkdownToElements>
  );
}

const allowed = ['p', 'br', 'a', 'em', 'strong', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote'];

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
};
