#!/usr/bin/env python3
"""Checks the question bank and prints its coverage as Markdown.

    check.py [--rfc FILE] [--table FILE]

Needs PyYAML. Reads every NN-topic.yaml, interview.yaml and catalogue.yaml beside this script. The text of RFC 6455 is
taken from --rfc, or from rfc6455.txt here, in reference/ or in ../reference/. Faults go to the standard error, the table
to the standard output and to --table. Exit status: 0 no fault, 1 faults, 2 usage.
"""
import argparse
import base64
import collections
import hashlib
import math
import pathlib
import re
import sys
import zlib

import yaml

HERE = pathlib.Path(__file__).resolve().parent
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KINDS = ["multiple-true-false", "single", "multiple", "number", "hex", "order", "match", "fill", "predict", "free"]
KEYS = ["id", "kind", "question", "context", "bytes", "options", "statements", "answer", "unit", "tolerance", "order",
        "match", "fill", "blanks", "wrong", "ideas", "model", "explanation", "references", "lesson", "interview",
        "concepts", "confusable", "level", "variant", "outline", "proof"]
REQUIRED = {"id", "kind", "question", "explanation", "references", "lesson", "interview", "concepts", "level"}
OPTIONAL = {"context", "bytes", "confusable", "variant", "outline", "proof"}
BY_KIND = {  # kind: (required, optional)
    "multiple-true-false": ({"statements"}, set()),
    "single": ({"options"}, set()),
    "multiple": ({"options"}, set()),
    "predict": ({"options"}, set()),
    "number": ({"answer", "unit", "tolerance", "wrong", "proof"}, set()),
    "hex": ({"answer", "wrong", "proof"}, set()),
    "order": ({"order"}, set()),
    "match": ({"match"}, set()),
    "fill": ({"fill", "blanks", "wrong"}, set()),
    "free": ({"ideas", "model"}, set()),
}
LEVELS = {"junior", "mid", "senior"}
PROMPTS = ["What is WebSocket?", "WebSocket vs HTTP?", "How does the WebSocket handshake work?",
           "When should you use WebSockets?", "How do you scale WebSockets?",
           "How do you authenticate WebSocket connections?", "What is backpressure?",
           "WebSocket vs Server-Sent Events?", "What are WebSocket limitations?", "Common WebSocket pitfalls?"]
LEAST_ITEMS, LEAST_TRUE_FALSE, LEAST_A_QUESTION = 220, 0.40, 10
NEGATION = re.compile(r"\b(not|never|no|none|neither|cannot|without|except|\w+n't)\b")
FORBIDDEN = re.compile(r"\b(all|none|both) of the above\b|\bsimply\b|\bobviously\b|always use websockets", re.I)
PLAIN = re.compile(r"^[\n\x20-\x7e§–—…“”€]*$")

faults = []


def fault(where, text):
    faults.append(f"{where}: {text}")


# --- reading ---------------------------------------------------------------------------------------------------------

class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Refuses a key that appears twice in one mapping."""


def mapping(loader, node, deep=False):
    seen = set()
    for key, _ in node.value:
        name = loader.construct_object(key, deep=True)
        if not isinstance(name, str):
            raise yaml.MarkedYAMLError(problem=f"the key {name!r} is no string; quote it", problem_mark=key.start_mark)
        if name in seen:
            raise yaml.MarkedYAMLError(problem=f"the key {name} appears twice", problem_mark=key.start_mark)
        seen.add(name)
    return loader.construct_mapping(node, deep=deep)


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, lambda l, n: mapping(l, n, True))


def load(path):
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip() or "\t" in line:
            fault(f"{path.name}:{number}", "trailing blanks or a tab")
        if len(line) > 120 and path.name != "catalogue.yaml":
            fault(f"{path.name}:{number}", "more than 120 columns")
    try:
        return yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        sys.exit(f"{path.name}:{mark.line + 1}:{mark.column + 1}: {error.problem}")


def rfc_sections(path):
    """Section number -> its text on one line, without page breaks."""
    sections, current = {}, None
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        line = line.rstrip().replace("\f", "")
        if re.match(r"^(Fette & Melnikov .*\[Page|RFC 6455  .*December 2011)", line):
            continue
        heading = re.match(r"^(\d+(?:\.\d+)*)\.\s+\S", line)
        if heading:
            current = heading[1]
            sections[current] = []
        elif current and line.strip():
            sections[current].append(line.strip())
    return {number: squeeze(" ".join(lines)) for number, lines in sections.items()}


def squeeze(text):
    return re.sub(r"-\s+", "-", re.sub(r"\s+", " ", text)).strip()


# --- proofs ----------------------------------------------------------------------------------------------------------

def octets(text):
    text = text.replace(" ", "")
    if not re.fullmatch(r"(?:[0-9a-f]{2})*", text):
        raise ValueError(f"{text!r} is no hex")
    return bytes.fromhex(text)


def pairs(data):
    return data.hex(" ")


def masked(key, data):
    return bytes(octet ^ key[i % 4] for i, octet in enumerate(data))


def header(fin, rsv, opcode, mask, length):
    head = bytes([fin << 7 | rsv << 4 | opcode])
    bit = mask << 7
    if length <= 125:
        return head + bytes([bit | length])
    if length <= 0xFFFF:
        return head + bytes([bit | 126]) + length.to_bytes(2, "big")
    return head + bytes([bit | 127]) + length.to_bytes(8, "big")


def frames(data):
    """Frames in the bytes; the last one may be cut, then its payload is None."""
    found, at = [], 0
    while at < len(data):
        first, second = data[at], data[at + 1] if at + 1 < len(data) else None
        if second is None:
            found.append(None)
            break
        body, length, key = at + 2, second & 0x7F, None
        if length >= 126:
            size = 2 if length == 126 else 8
            length = int.from_bytes(data[body:body + size], "big")
            body += size
        if second & 0x80:
            key, body = data[body:body + 4], body + 4
        payload = data[body:body + length] if body + length <= len(data) else None
        if payload is not None and key:
            payload = masked(key, payload)
        found.append((first >> 7, first >> 4 & 7, first & 15, second >> 7, length, payload))
        at = body + length
    return found


def show(frame):
    fin, rsv, opcode, mask, length, payload = frame
    text = f"fin={fin} rsv={rsv} op={opcode:x} masked={mask} len={length}"
    return text if payload is None else f"{text} payload={payload.hex()}"


def evaluate(name, rest):
    words = rest.split()
    if name == "accept":
        return base64.b64encode(hashlib.sha1((rest + GUID).encode()).digest()).decode()
    if name == "base64":
        return base64.b64encode(octets(rest)).decode()
    if name == "mask":
        return pairs(masked(octets(words[0]), octets("".join(words[1:]))))
    if name == "utf8":
        return pairs(rest.strip('"').encode())
    if name == "valid-utf8":
        try:
            octets(rest).decode("utf-8")
            return "yes"
        except UnicodeDecodeError:
            return "no"
    if name == "header":
        fin, rsv, opcode, mask, length = words
        return pairs(header(int(fin), int(rsv), int(opcode, 16), int(mask), int(length)))
    if name == "header-size":
        length, mask = int(words[0]), int(words[1])
        return str(len(header(1, 0, 2, mask, length)) + 4 * mask)
    if name == "frame":
        fin, rsv, opcode, key, *payload = words
        data = octets("".join(payload))
        head = header(int(fin), int(rsv), int(opcode, 16), int(key != "-"), len(data))
        return pairs(head + (b"" if key == "-" else octets(key) + masked(octets(key), data)) + (data if key == "-" else b""))
    if name == "decode":
        return "; ".join(show(frame) for frame in frames(octets(rest)) if frame)
    if name == "count":
        return str(sum(1 for frame in frames(octets(rest)) if frame and frame[5] is not None))
    if name == "length":
        return str(len(octets(rest)))
    if name == "inflate":
        inflater, content = zlib.decompressobj(-15), b""
        for payload in rest.split("|"):
            content = inflater.decompress(octets(payload.strip()) + b"\x00\x00\xff\xff")
        return pairs(content)
    if name == "math":
        if not re.fullmatch(r"[0-9+\-*/(). ]+", rest):
            raise ValueError("no arithmetic")
        return f"{eval(rest, {'__builtins__': {}}):.3f}"
    raise ValueError(f"unknown proof {name}")


def prove(where, lines, sections):
    """The results of the proof lines, in order; a quote yields its words."""
    results = []
    for line in lines:
        name, _, rest = line.partition(" ")
        try:
            if name == "quote":
                number, _, words = rest.partition(":")
                if number not in sections:
                    fault(where, f"quotes §{number}, which is not in RFC 6455")
                elif squeeze(words) not in sections[number]:
                    fault(where, f"§{number} does not say: {words.strip()}")
                results.append(("quote", words))
                continue
            question, _, stated = rest.partition(" = ")
            given = evaluate(name, question.strip())
            if name == "math":
                equal = math.isclose(float(given), float(stated), abs_tol=0.0006)
            else:
                equal = given.replace(" ", "") == stated.replace(" ", "")
            if not equal:
                fault(where, f"{line}: gives {given}")
            results.append((name, given))
        except (ValueError, IndexError, ZeroDivisionError, zlib.error) as error:
            fault(where, f"{line}: {error}")
    return results


# --- items -----------------------------------------------------------------------------------------------------------

def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def sentences(text):
    return len(re.findall(r"[.;:!?…](?=\s|$|[\")])", text))


def check_references(where, references, bank):
    if not isinstance(references, list) or not references:
        return fault(where, "no references")
    for reference in references:
        match = re.fullmatch(r"(.+?)(?: §(\d+(?:\.\d+)*))?", reference)
        source, section = match[1], match[2]
        if source == "RFC 6455":
            if section is None or section not in bank.sections:
                fault(where, f"{reference}: no such section")
        elif source not in bank.catalogue["sources"]:
            fault(where, f"{reference}: unknown source")
        elif section not in (bank.catalogue["sources"][source].get("sections") or [None]):
            fault(where, f"{reference}: section not listed in catalogue.yaml")
        else:
            bank.sources_used.add(source)
    if len(set(references)) != len(references):
        fault(where, "a reference appears twice")


def check_choices(where, item, rows, flag, bank):
    if not isinstance(rows, list) or len(rows) < 2:
        return fault(where, "fewer than two options")
    for row in rows:
        if list(row) not in (["text", flag, "why"], ["text", flag, "why", "misconception"]):
            fault(where, f"an option has the keys {list(row)}")
            return
        if not isinstance(row[flag], bool):
            fault(where, f"{flag} is no boolean")
        if row[flag] and "misconception" in row:
            fault(where, f"a right option names a misconception: {row['text']}")
        if row[flag] and len(row["why"].split()) < 3:
            fault(where, f"thin explanation: {row['text']}")
        if not row[flag] and (len(row["why"].split()) < 8 or sentences(row["why"]) < 2):
            fault(where, f"a wrong option must say why one believes it and why it is wrong: {row['text']}")
        if len(row["text"]) > 140:
            fault(where, f"an option has more than 140 characters: {row['text']}")
        if row["text"].lower() in ("all", "none"):
            fault(where, "all or none")
        note_misconception(where, row, bank)
    texts = [row["text"].lower() for row in rows]
    if len(set(texts)) != len(texts):
        fault(where, "two options are the same")
    whys = [row["why"] for row in rows if len(row["why"]) > 6]
    if len(set(whys)) != len(whys):
        fault(where, "two options share an explanation")
    right = sum(row[flag] for row in rows)
    kind = item["kind"]
    if kind in ("single", "predict") and (right != 1 or len(rows) < 3):
        fault(where, "needs exactly one right option of at least three")
    if kind == "multiple" and (right < 2 or right == len(rows)):
        fault(where, "needs at least two right options and one wrong")
    if kind == "multiple-true-false" and (right == 0 or right == len(rows) or len(rows) < 3):
        fault(where, "needs at least three statements, true and false ones")


def note_misconception(where, row, bank):
    if "misconception" in row:
        if row["misconception"] not in bank.catalogue["misconceptions"]:
            fault(where, f"unknown misconception {row['misconception']}")
        else:
            bank.misconceptions[row["misconception"]].add(where)


def check_wrong(where, item, bank):
    if not isinstance(item["wrong"], list) or len(item["wrong"]) < 1:
        return fault(where, "no likely wrong answer")
    for row in item["wrong"]:
        if list(row) not in (["answer", "why"], ["answer", "why", "misconception"]):
            fault(where, f"a wrong answer has the keys {list(row)}")
            continue
        note_misconception(where, row, bank)
        if len(row["why"].split()) < 6:
            fault(where, f"thin explanation of the wrong answer {row['answer']}")
        if item["kind"] == "number" and abs(row["answer"] - item["answer"]) <= item["tolerance"]:
            fault(where, f"the wrong answer {row['answer']} is right")
        if item["kind"] == "hex" and octets(row["answer"]) == octets(item["answer"]):
            fault(where, f"the wrong answer {row['answer']} is right")
        if item["kind"] == "fill":
            accepted = {text.lower() for texts in item["blanks"].values() for text in texts}
            if str(row["answer"]).lower() in accepted:
                fault(where, f"the wrong answer {row['answer']} is accepted")


def check_proof(where, item, bank):
    results = prove(where, item.get("proof", []), bank.sections)
    if item["kind"] == "hex":
        if not any(name != "quote" and re.fullmatch(r"[0-9a-f ]*", given) and octets(given) == octets(item["answer"])
                   for name, given in results):
            fault(where, "no proof line gives the answer")
    if item["kind"] == "fill":
        accepted = [text for texts in item["blanks"].values() for text in texts]
        for name, given in results:
            if name == "accept" and given not in accepted:
                fault(where, f"the proved answer {given} is not accepted")
    if item["kind"] == "number":
        answer, slack = item["answer"], max(item["tolerance"], 0.0006)
        for name, given in results:
            if name == "quote" and re.search(rf"\b{answer}\b", given):
                return
            if name in ("math", "header-size", "count", "length") and abs(float(given) - answer) <= slack:
                return
        fault(where, "no proof line gives the answer")


def check_ideas(where, ideas, model, keys):
    seen = set()
    for idea in ideas:
        if list(idea) != keys:
            fault(where, f"an idea has the keys {list(idea)}")
            continue
        if idea["id"] in seen:
            fault(where, f"two ideas are called {idea['id']}")
        seen.add(idea["id"])
        if not idea["keywords"]:
            fault(where, f"{idea['id']} has no keywords")
        elif model is not None and not any(word.lower() in model.lower() for word in idea["keywords"]):
            fault(where, f"the model answer lacks {idea['id']}")
    if len(ideas) < 3:
        fault(where, "fewer than three ideas")


def check_item(where, item, bank):
    kind = item.get("kind")
    if kind not in KINDS:
        return fault(where, f"unknown kind {kind}")
    need, may = BY_KIND[kind]
    for key in sorted((REQUIRED | need) - set(item)):
        fault(where, f"lacks {key}")
    for key in sorted(set(item) - REQUIRED - OPTIONAL - need - may):
        fault(where, f"unknown key {key}")
    if (REQUIRED | need) - set(item):
        return
    if list(item) != [key for key in KEYS if key in item]:
        fault(where, "keys are out of order")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item["id"]):
        fault(where, "the id is not in kebab case")
    question = item["question"]
    if NEGATION.search(re.sub(r"“[^”]*”|\"[^\"]*\"", "", question)):
        fault(where, f"negation in the question (write NOT): {question}")
    if len(question) > 420:
        fault(where, "the question is too long")
    if len(item["explanation"].split()) < 6:
        fault(where, "the explanation is too short")
    for text in strings(item):
        if not PLAIN.match(text):
            fault(where, f"unusual characters: {text[:60]}")
        if FORBIDDEN.search(text):
            fault(where, f"forbidden phrase: {text[:60]}")
    if item["lesson"] not in range(1, 13):
        fault(where, "lesson is not 1 to 12")
    if not isinstance(item["interview"], list) or not set(item["interview"]) <= set(range(1, 11)):
        fault(where, "interview is no list of 1 to 10")
    if item["level"] not in LEVELS:
        fault(where, f"unknown level {item['level']}")
    if not item["concepts"]:
        fault(where, "no concepts")
    for concept in item["concepts"]:
        if concept not in bank.catalogue["concepts"]:
            fault(where, f"unknown concept {concept}")
    for point in item.get("outline", []):
        if point not in bank.catalogue["outline"]:
            fault(where, f"unknown outline point {point}")
        bank.outline[point].add(where)
    if "confusable" in item and item["confusable"] not in bank.catalogue["confusable"]:
        fault(where, f"unknown set {item['confusable']}")
    check_references(where, item["references"], bank)
    if "bytes" in item and not re.fullmatch(r"[0-9a-f]{2}( [0-9a-f]{2})*( …)?", item["bytes"]):
        fault(where, "bytes are no hex pairs")
    if "options" in item:
        check_choices(where, item, item["options"], "correct", bank)
    if "statements" in item:
        check_choices(where, item, item["statements"], "true", bank)
    if kind == "hex" and not re.fullmatch(r"[0-9a-f]{2}( [0-9a-f]{2})*", item["answer"]):
        return fault(where, "the answer is no hex")
    if kind == "number" and (not isinstance(item["answer"], (int, float)) or item["tolerance"] < 0):
        return fault(where, "the answer is no number, or the tolerance is negative")
    if kind == "order" and (len(item["order"]) < 3 or len(set(item["order"])) != len(item["order"])):
        fault(where, "needs at least three different steps")
    if kind == "match":
        for row in item["match"]:
            if list(row) != ["left", "right", "why"]:
                fault(where, f"a pair has the keys {list(row)}")
        for side in ("left", "right"):
            values = [str(row[side]).lower() for row in item["match"]]
            if len(set(values)) != len(values) or len(values) < 3:
                fault(where, f"needs at least three pairs with different {side}s")
    if kind == "fill":
        if set(re.findall(r"\{\{(\w+)\}\}", item["fill"])) != set(item["blanks"]):
            fault(where, "blanks and text differ")
        if not all(item["blanks"].values()):
            fault(where, "a blank accepts nothing")
    if "ideas" in item:
        check_ideas(where, item["ideas"], item["model"], ["id", "text", "keywords"])
    if "wrong" in item:
        check_wrong(where, item, bank)
    check_proof(where, item, bank)


# --- the bank --------------------------------------------------------------------------------------------------------

class Bank:
    def __init__(self, folder, sections):
        self.sections = sections
        self.catalogue = load(folder / "catalogue.yaml")
        self.topics, self.items = [], {}
        self.misconceptions = collections.defaultdict(set)
        self.outline = collections.defaultdict(set)
        self.sources_used = set()
        for path in sorted(folder.glob("[0-9][0-9]-*.yaml")):
            topic = load(path)
            self.topics.append(topic)
            if list(topic) != ["topic", "title", "prefix", "items"] or topic["topic"] != path.stem[3:]:
                fault(path.name, "head is not topic, title, prefix, items, or the topic is not the file name")
            for item in topic["items"]:
                name = item.get("id", "?")
                if not name.startswith(topic["prefix"] + "-"):
                    fault(f"{path.name}: {name}", f"does not start with {topic['prefix']}-")
                if name in self.items:
                    fault(f"{path.name}: {name}", "this id is taken")
                self.items[name] = item
        self.interview = load(folder / "interview.yaml")

    def check(self):
        questions = collections.defaultdict(list)
        for name, item in list(self.items.items()):
            kind = item.get("kind")
            if kind not in KINDS or (REQUIRED | BY_KIND[kind][0]) - set(item):
                del self.items[name]  # the fault is reported; counting it would only hide others
            check_item(name, item, self)
        for name, item in self.items.items():
            questions[(item["question"], item.get("context"), item.get("bytes"))].append(name)
            sibling = item.get("variant")
            if sibling and self.items.get(sibling, {}).get("variant") != name:
                fault(name, f"{sibling} does not name it as its variant")
        for names in questions.values():
            if len(names) > 1:
                fault(", ".join(names), "the same question")
        self.check_interview()
        for source in self.catalogue["sources"]:
            if source not in self.sources_used:
                fault("catalogue.yaml", f"the source {source} is cited nowhere")
        for concept in self.catalogue["concepts"]:
            if not any(concept in item["concepts"] for item in self.items.values()):
                fault("catalogue.yaml", f"the concept {concept} has no item")
        for group in self.catalogue["confusable"]:
            if sum(item.get("confusable") == group for item in self.items.values()) < 2:
                fault("catalogue.yaml", f"the set {group} has fewer than two items")
        for name, entry in self.catalogue["misconceptions"].items():
            if list(entry) != ["belief", "truth", "references"]:
                fault(name, "needs belief, truth, references")
            check_references(name, entry["references"], self)

    def check_interview(self):
        doc = self.interview
        if list(doc) != ["dimensions", "bands", "questions", "drills"]:
            fault("interview.yaml", f"has the keys {list(doc)}")
        if [q["number"] for q in doc["questions"]] != list(range(1, 11)):
            fault("interview.yaml", "needs the questions 1 to 10 in order")
        keys = ["id", "number", "prompt", "lesson", "levels", "ideas", "wrong", "follow-ups", "model"]
        for question in doc["questions"]:
            where = f"interview.yaml: {question['id']}"
            if list(question) != keys:
                fault(where, f"has the keys {list(question)}")
                continue
            if question["prompt"] != PROMPTS[question["number"] - 1]:
                fault(where, "the prompt is not that of the outline")
            if set(question["levels"]) != LEVELS:
                fault(where, "needs a hint for junior, mid and senior")
            for text in strings(question):
                if not PLAIN.match(text) or FORBIDDEN.search(text):
                    fault(where, f"unusual characters or a forbidden phrase: {text[:60]}")
            check_ideas(where, question["ideas"], None, ["id", "text", "dimension", "weight", "keywords", "references"])
            for idea in question["ideas"]:
                if idea["dimension"] not in ("accuracy", "trade-offs", "depth") or idea["weight"] not in (1, 2, 3):
                    fault(where, f"{idea['id']}: dimension or weight")
                check_references(where, idea["references"], self)
            hit = sum(i["weight"] for i in question["ideas"]
                      if any(word in question["model"].lower() for word in i["keywords"]))
            if hit < 0.85 * sum(i["weight"] for i in question["ideas"]):
                missed = [i["id"] for i in question["ideas"]
                          if not any(word in question["model"].lower() for word in i["keywords"])]
                fault(where, f"the model answer would not be strong: lacks {missed}")
            for row in question["wrong"]:
                if list(row) != ["id", "says", "correction", "misconception", "keywords"]:
                    fault(where, f"a wrong answer has the keys {list(row)}")
                note_misconception(where, row, self)
            ids = {idea["id"] for idea in question["ideas"]}
            for row in question["follow-ups"]:
                if list(row) != ["id", "missing", "prompt", "answer", "references"]:
                    fault(where, f"a follow-up has the keys {list(row)}")
                if row["missing"] not in ids:
                    fault(where, f"{row['id']} names the unknown idea {row['missing']}")
                check_references(where, row["references"], self)
            if len({row["missing"] for row in question["follow-ups"]}) < 3:
                fault(where, "needs at least three follow-ups for different ideas")
            if len(question["wrong"]) < 3:
                fault(where, "needs at least three wrong answers")
            if not 60 <= len(question["model"].split()) <= 120:
                fault(where, f"the model answer has {len(question['model'].split())} words, not 60 to 120")
            for name in ("ideas", "wrong", "follow-ups"):
                names = [row["id"] for row in question[name]]
                if len(set(names)) != len(names):
                    fault(where, f"ids of {name} are not unique")
        drills = {drill["id"]: drill for drill in doc["drills"]}
        if set(drills) != {"template", "summary"}:
            return fault("interview.yaml", "needs the drills template and summary")
        template, summary = drills["template"], drills["summary"]
        parts = [part["id"] for part in template["parts"]]
        if len(parts) != 5 or [row["part"] for row in template["sentences"]["order"]] != parts:
            fault("interview.yaml: template", "needs five parts, and the sentences in their order")
        cut = template["cut"]
        if not 200 <= len(cut["text"].split()) <= 240 or len(cut["model"].split()) > cut["words"]:
            fault("interview.yaml: template", f"cut: {len(cut['text'].split())} to {len(cut['model'].split())} words")
        for fact in cut["keep"]:
            for text in (cut["text"], cut["model"]):
                if not any(word in text.lower() for word in fact["keywords"]):
                    fault("interview.yaml: template", f"cut: {fact['text']!r} is missing in {text[:20]!r}…")
        if len(summary["model"].split()) > summary["words"] or summary["words"] > 150 or len(summary["ideas"]) != 8:
            fault("interview.yaml: summary", "needs eight ideas and at most 150 words")
        check_ideas("interview.yaml: summary", summary["ideas"], summary["model"], ["id", "text", "keywords"])
        for drill in (template, summary):
            for point in drill["outline"]:
                if point not in self.catalogue["outline"]:
                    fault(f"interview.yaml: {drill['id']}", f"unknown outline point {point}")
                self.outline[point].add(drill["id"])


# --- balance and coverage --------------------------------------------------------------------------------------------

def longest_right(rows, flag):
    """1 if the single longest text is right, shared among ties."""
    top = max(len(row["text"]) for row in rows)
    tops = [row for row in rows if len(row["text"]) == top]
    return sum(row[flag] for row in tops) / len(tops)


def balance(bank):
    lines = ["| Balance | found | by chance | bound |", "|---|---|---|---|"]

    def row(text, found, chance, bound, bad):
        lines.append(f"| {text} | {found} | {chance} | {bound} |")
        if bad:
            fault("balance", f"{text}: {found}, {bound}")

    for kinds, field, flag, text in ((("single", "predict"), "options", "correct", "one right option"),
                                     (("multiple-true-false",), "statements", "true", "true and false"),
                                     (("multiple",), "options", "correct", "several right options")):
        rows = [item[field] for item in bank.items.values() if item["kind"] in kinds]
        found = sum(longest_right(r, flag) for r in rows)
        chance = sum(sum(o[flag] for o in r) / len(r) for r in rows)
        row(f"{text}: the longest is right", f"{found:.1f} of {len(rows)}", f"{chance:.1f}", "at most chance", found > chance)
        if flag == "true" or kinds == ("multiple",):
            continue
        shortest = sum(r[min(range(len(r)), key=lambda i: len(r[i]["text"]))][flag] for r in rows)
        row(f"{text}: the shortest is right", f"{shortest} of {len(rows)}", f"{chance:.1f}", "at most 1.25 times chance",
            shortest > 1.25 * chance)
        for size in sorted({len(r) for r in rows}):
            same = [r for r in rows if len(r) == size]
            counts = [sum(r[i][flag] for r in same) for i in range(size)]
            row(f"right option's position, {size} options", " / ".join(map(str, counts)), f"{len(same) / size:.1f} each",
                "spread at most 2", max(counts) - min(counts) > 2)
    statements = [s for item in bank.items.values() if item["kind"] == "multiple-true-false" for s in item["statements"]]
    share = sum(s["true"] for s in statements) / len(statements)
    row("true statements", f"{share:.0%} of {len(statements)}", "50%", "40 to 60%", not 0.4 <= share <= 0.6)
    first = [item["statements"][0]["true"] for item in bank.items.values() if item["kind"] == "multiple-true-false"]
    row("first statement is true", f"{sum(first) / len(first):.0%}", f"{share:.0%}", "within 12 points",
        abs(sum(first) / len(first) - share) > 0.12)
    mean = {flag: sum(len(s["text"]) for s in statements if s["true"] is flag) / sum(s["true"] is flag for s in statements)
            for flag in (True, False)}
    row("mean length, true to false", f"{mean[True]:.0f} to {mean[False]:.0f}", "equal", "within 10%",
        abs(mean[True] / mean[False] - 1) > 0.10)
    return lines


def table(bank):
    items = bank.items.values()
    out = ["# Coverage of the question bank", "", "Printed by `check.py`; do not edit.", ""]
    kinds = collections.Counter(item["kind"] for item in items)
    closed = sum(len(item.get("options", [])) + len(item.get("statements", [])) for item in items)
    out += [f"{len(bank.items)} items in {len(bank.topics)} topics, {closed} options and statements, each with its own "
            f"explanation; {len(bank.interview['questions'])} interview questions with "
            f"{sum(len(q['ideas']) for q in bank.interview['questions'])} idea units, "
            f"{sum(len(q['wrong']) for q in bank.interview['questions'])} wrong answers and "
            f"{sum(len(q['follow-ups']) for q in bank.interview['questions'])} follow-ups.", ""]
    if len(bank.items) < LEAST_ITEMS:
        fault("coverage", f"fewer than {LEAST_ITEMS} items")
    if kinds["multiple-true-false"] < LEAST_TRUE_FALSE * len(bank.items):
        fault("coverage", f"less than {LEAST_TRUE_FALSE:.0%} multiple true-false")
    out += ["## Kinds", "", "| Kind | items |", "|---|---|"]
    for kind in KINDS:
        out.append(f"| {kind} | {kinds[kind]} ({kinds[kind] / len(bank.items):.0%}) |")
        if not kinds[kind]:
            fault("coverage", f"no item of the kind {kind}")
    out += ["", "## Topics", "", "| Topic | items | junior | mid | senior |", "|---|---|---|---|---|"]
    for topic in bank.topics:
        levels = collections.Counter(item.get("level") for item in topic["items"])
        out.append(f"| {topic['title']} | {len(topic['items'])} | {levels['junior']} | {levels['mid']} | {levels['senior']} |")
    out += ["", "## Lessons", "", "| Lesson | items |", "|---|---|"]
    for lesson in range(1, 13):
        count = sum(item["lesson"] == lesson for item in items)
        out.append(f"| {lesson} | {count} |")
        if not count:
            fault("coverage", f"lesson {lesson} has no item")
    out += ["", "## Interview questions", "",
            "| Question | items | junior | mid | senior | idea units | wrong answers | follow-ups |", "|---|---|---|---|---|---|---|---|"]
    for question in bank.interview["questions"]:
        served = [item for item in items if question["number"] in item["interview"]]
        levels = collections.Counter(item["level"] for item in served)
        out.append(f"| {question['number']}. {question['prompt']} | {len(served)} | {levels['junior']} | {levels['mid']} | "
                   f"{levels['senior']} | {len(question['ideas'])} | {len(question['wrong'])} | {len(question['follow-ups'])} |")
        if len(served) < LEAST_A_QUESTION:
            fault("coverage", f"question {question['number']} has fewer than {LEAST_A_QUESTION} items")
    out += ["", "## Outline", "", "Section 10 of the outline is the table above.", "", "| Point | | asked by |", "|---|---|---|"]
    for point, text in bank.catalogue["outline"].items():
        names = sorted(bank.outline.get(point, ()))
        if not [name for name in names if name in bank.items]:
            fault("coverage", f"no item asks about the outline's {point}")
        out.append(f"| {point} | {text} | {', '.join(names)} |")
    out += ["", "## Misconceptions", "", "| Id | Belief | asked by |", "|---|---|---|"]
    for name, entry in bank.catalogue["misconceptions"].items():
        names = sorted(n for n in bank.misconceptions[name] if n in bank.items)
        if not names:
            fault("coverage", f"no item has the misconception {name}")
        out.append(f"| {name} | {entry['belief']} | {', '.join(names)} |")
    out += ["", "## Confusable sets", "", "| Set | items |", "|---|---|"]
    for name, text in bank.catalogue["confusable"].items():
        out.append(f"| {text} | {', '.join(i['id'] for i in items if i.get('confusable') == name)} |")
    out += ["", "## Concepts", "", "| Concept | items |", "|---|---|"]
    for name, text in bank.catalogue["concepts"].items():
        out.append(f"| {text} | {sum(name in item['concepts'] for item in items)} |")
    out += ["", "## Sections of RFC 6455 cited", ""]
    cited = collections.Counter(r[10:] for item in items for r in item["references"] if r.startswith("RFC 6455 §"))
    order = sorted(cited, key=lambda s: [int(part) for part in s.split(".")])
    out.append(", ".join(f"§{section} ({cited[section]})" for section in order))
    proofs = sum(len(item.get("proof", [])) for item in items)
    out += ["", f"{proofs} proof lines were recomputed or found in the text of RFC 6455.", "", "## Balance", ""]
    return out + balance(bank)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rfc", type=pathlib.Path)
    parser.add_argument("--table", type=pathlib.Path)
    arguments = parser.parse_args()
    places = [HERE / "rfc6455.txt", HERE / "reference" / "rfc6455.txt", HERE.parent / "reference" / "rfc6455.txt"]
    rfc = arguments.rfc or next((place for place in places if place.is_file()), None)
    if rfc is None or not rfc.is_file():
        parser.error("the text of RFC 6455 is missing; name it with --rfc")
    bank = Bank(HERE, rfc_sections(rfc))
    bank.check()
    text = "\n".join(table(bank)) + "\n"
    if arguments.table:
        arguments.table.write_text(text, encoding="utf-8")
    print(text, end="")
    for line in faults:
        print(line, file=sys.stderr)
    print(f"{len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
