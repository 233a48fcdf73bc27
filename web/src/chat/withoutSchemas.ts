/**
 * Stands in for zod in the built files. The AI SDK declares schemas for its own transports while it loads; our transport
 * reads its stream itself (transport.ts), so they are never used to check anything and need not be sent to every browser.
 * Declaring does nothing; checking with one is a programming error and says so.
 */

function refuse(): never {
  throw new Error("A schema of the AI SDK was used, but the built files carry none: see withoutSchemas.ts.");
}

const declared: unknown = new Proxy(() => undefined, {
  get: (_target, property) => {
    if (property === "then" || typeof property === "symbol") return undefined;
    return /parse/i.test(property) ? refuse : declared;
  },
  apply: () => declared,
});

export const z = declared;
export const ZodFirstPartyTypeKind = declared;
export const safeParseAsync = refuse;
export const toJSONSchema = refuse;
export default declared;
