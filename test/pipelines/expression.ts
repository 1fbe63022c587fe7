/**
 * The value of a GitHub expression: paths, 'texts', numbers, `always()`, `format()`, brackets,
 * `==`, `!=`, `>`, `&&` and `||`.
 */
export function evaluate(expression: string, contexts: Readonly<Record<string, unknown>>): unknown {
  const tokens = expression.match(/'[^']*'|\|\||&&|[!=]=|[()>,]|[^\s'|&!=()>,]+/g) ?? [];
  const take = () => tokens.shift() ?? "";
  const either = (): unknown => {
    let value = both();
    while (tokens[0] === "||") {
      take();
      const other = both();
      value = isTrue(value) ? value : other;
    }
    return value;
  };
  const both = (): unknown => {
    let value = compared();
    while (tokens[0] === "&&") {
      take();
      const other = compared();
      value = isTrue(value) ? other : value;
    }
    return value;
  };
  const compared = (): unknown => {
    const left = single();
    if (!["==", "!=", ">"].includes(tokens[0] ?? "")) return left;
    const sign = take();
    const right = single();
    return sign === ">"
      ? Number(left) > Number(right)
      : ((left ?? "") === (right ?? "")) === (sign === "==");
  };
  const single = (): unknown => {
    const token = take();
    if (token === "(") return bracketed(either());
    if (token.startsWith("'")) return token.slice(1, -1);
    if (/^\d+$/.test(token)) return Number(token);
    return tokens[0] === "(" ? call(token) : at(contexts, token);
  };
  const bracketed = (value: unknown): unknown => {
    if (take() !== ")") throw new Error(`${expression}: a bracket is missing`);
    return value;
  };
  const call = (name: string): unknown => {
    take();
    const given: unknown[] = [];
    while (tokens[0] !== ")") {
      given.push(either());
      if (tokens[0] === ",") take();
    }
    const [form, ...values] = given;
    if (name !== "always" && name !== "format")
      throw new Error(`${expression}: there is no ${name}() here`);
    return bracketed(
      name === "always" ||
        String(form).replaceAll(/\{(\d+)\}/g, (_, index) => String(values[Number(index)] ?? "")),
    );
  };
  return either();
}

function isTrue(value: unknown): boolean {
  return ![undefined, null, false, "", 0].some((one) => one === value);
}

function at(contexts: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => Object(value)[name], contexts);
}
