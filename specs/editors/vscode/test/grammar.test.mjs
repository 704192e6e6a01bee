// The grammar, as an editor reads it: by the engine of Visual Studio Code.
import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const here = dirname(fileURLToPath(import.meta.url));
const examples = join(here, "../../../examples");
const path = join(here, "../syntaxes/skyhedge.tmLanguage.json");

const wasm = await readFile(join(dirname(require.resolve("vscode-oniguruma/package.json")), "release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(await readFile(path, "utf8"), path),
});
const grammar = await registry.loadGrammar("source.skyhedge");

/** The parts of a text with the innermost name that the grammar gives each. */
function tokens(text) {
  let stack = textmate.INITIAL;
  const all = [];
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const token of result.tokens) {
      const part = line.slice(token.startIndex, token.endIndex);
      if (part.trim() !== "") {
        all.push([part.trim(), token.scopes.at(-1).replace(".skyhedge", "")]);
      }
    }
  }
  return all;
}

function nameOf(text, part) {
  return tokens(text).find(([found]) => found === part)?.[1];
}

const CASES = [
  ['service "chat" {\n}', "service", "entity.name.type.block"],
  ['service "chat" {\n}', '"chat"', "string.quoted.double.label"],
  ["a {\n  replica {\n    port = 8000\n  }\n}", "replica", "entity.name.type.block"],
  ["a {\n  replica {\n    port = 8000\n  }\n}", "port", "variable.other.property"],
  ["a {\n  port = 8000\n}", "8000", "constant.numeric"],
  ["a = true", "true", "constant.language"],
  ["a = true_north", "true_north", "variable.other"],
  ["a = var.size", "var", "variable.language"],
  ["a = var.size", "size", "variable.other.member"],
  ["a = upper(x)", "upper", "entity.name.function"],
  ["a = [for k, v in m : v if v > 1]", "for", "keyword.control"],
  ["a = [for k, v in m : v if v > 1]", "if", "keyword.control"],
  ["a = l[*].b", "[*]", "keyword.operator.splat"],
  ['a = "x ${var.b} y"', "var", "variable.language"],
  ['a = "x ${var.b} y"', "${", "punctuation.section.template.begin"],
  ['a = "x $${b}"', "$${", "constant.character.escape"],
  ['a = "\\q"', "\\q", "invalid.illegal.escape"],
  ["a = <<-EOT\n  b ${c}\n  EOT\nd = 1", "EOT", "keyword.control.heredoc"],
  ["a = <<-EOT\n  b ${c}\n  EOT\nd = 1", "d", "variable.other.property"],
  ["a = 1 # b = 2", "# b = 2", "comment.line.number-sign"],
  ["/* a\n b = 1 */\nc = 2", "c", "variable.other.property"],
  ["a = { b = 1, c : 2 }", "c", "variable.other.property"],
  ["a = b == 1 ? 2 : 3", "==", "keyword.operator"],
];

for (const [text, part, name] of CASES) {
  test(`${part} in ${JSON.stringify(text)} is ${name}`, () => assert.equal(nameOf(text, part), name));
}

test("the brace of a map does not end the block around it", () => {
  const all = tokens("a {\n  b = {\n    c = 1\n  }\n  d = 2\n}");
  assert.equal(all.filter(([, name]) => name === "punctuation.section.block.end").length, 1);
  assert.deepEqual(all.at(-1), ["}", "punctuation.section.block.end"]);
});

test("a string that is not closed ends with its line", () => {
  assert.equal(nameOf('a = "b\nc = 1', "c"), "variable.other.property");
});

test("nothing in the examples is called invalid, and every block and attribute has its name", async () => {
  for (const file of (await readdir(examples)).filter((name) => name.endsWith(".hcl"))) {
    const text = await readFile(join(examples, file), "utf8");
    const all = tokens(text);
    assert.deepEqual(all.filter(([, name]) => name.startsWith("invalid")), [], file);
    const code = text.replace(/#.*$/gm, "");
    const blocks = [...code.matchAll(/^\s*([a-z_]+)(?: "[^"]*")* \{/gm)].map((match) => match[1]);
    assert.deepEqual(all.filter(([, name]) => name === "entity.name.type.block").map(([part]) => part), blocks, file);
  }
});

test("the first example has the names that it had", async () => {
  const text = await readFile(join(examples, "quickstart.hcl"), "utf8");
  const now = tokens(text).map(([part, name]) => `${name}\t${part}`).join("\n") + "\n";
  const golden = join(here, "quickstart.tokens");
  if (process.env.GOLDEN_UPDATE) {
    await writeFile(golden, now);
  }
  assert.equal(now, await readFile(golden, "utf8"));
});
