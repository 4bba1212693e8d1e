/**
 * Turns Markdown into HTML that is safe to show.
 *
 * Raw HTML is not interpreted (markdown-it's `html: false`), links are limited to harmless schemes, pictures are left out (the
 * content policy would refuse them), and nothing carries a style attribute.
 */
import MarkdownIt from 'markdown-it';

const writer = new MarkdownIt({ html: false, linkify: true, typographer: true, breaks: true }).disable(
  'image',
);

writer.validateLink = (url) => /^(https?:|mailto:)/i.test(url.trim());

const plain = writer.renderer.renderToken.bind(writer.renderer);

writer.renderer.rules.link_open = (tokens, index, options) => {
  const token = tokens[index];
  token?.attrSet('rel', 'noopener noreferrer');
  token?.attrSet('target', '_blank');
  return plain(tokens, index, options);
};

for (const cell of ['th_open', 'td_open']) {
  writer.renderer.rules[cell] = (tokens, index, options) => {
    const token = tokens[index];
    if (token?.attrs) token.attrs = token.attrs.filter(([name]) => name !== 'style');
    return plain(tokens, index, options);
  };
}

/** Renders Markdown to safe HTML. */
export function renderMarkdown(source: string): string {
  return writer.render(source);
}
