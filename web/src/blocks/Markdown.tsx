/** Model and document text: Markdown, sanitised. No raw HTML, no remote images, links say where they go. */

import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";

const components: Components = {
  a: ({ href, children }) => {
    if (!href) return <>{children}</>;
    const outside = /^[a-z]+:/i.test(href);
    return (
      <a href={href} {...(outside ? { target: "_blank", rel: "noopener noreferrer" } : {})}>
        {children}
      </a>
    );
  },
  // An image fetched from elsewhere could carry words out of the school; its description is enough.
  img: ({ alt }) => <span>{alt}</span>,
  table: ({ children }) => (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
};

export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
});
