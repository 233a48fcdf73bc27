/** How a person is greeted: by the first name, or by title and name where a title stands before it. */
export const firstName = (name: string) => {
  const words = name.split(/\s+/).filter(Boolean);
  return words.length > 1 && /^(mr|mrs|ms|miss|dr|prof|chief|alhaji|hajia)\.?$/i.test(words[0] ?? "") ? words.slice(0, 2).join(" ") : (words[0] ?? "");
};
