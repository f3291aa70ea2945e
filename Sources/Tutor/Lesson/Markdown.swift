import CCmark

/// Markdown (CommonMark with GitHub's tables) as blocks, each with the line where it begins.
package enum Markdown {
    /// A block, and where its text begins, counted from 1.
    package struct Located: Hashable, Sendable {
        package let block: TextBlock
        package let line: Int
    }

    /// - Parameter line: The line of the file in which `text` begins.
    package static func blocks(_ text: String, line: Int = 1) -> [Located] {
        // Registers them once, however often it is called.
        cmark_gfm_core_extensions_ensure_registered()
        guard let parser = cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8) else { return [] }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough"] {
            if let syntax = cmark_find_syntax_extension(name) {
                cmark_parser_attach_syntax_extension(parser, syntax)
            }
        }
        var copy = text
        copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let document = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(document) }
        return MarkdownNode(document).children.compactMap { node in
            node.block.map { Located(block: $0, line: node.line + line - 1) }
        }
    }

    /// A line of text with its emphasis and code, such as a question.
    package static func runs(_ text: String) -> [TextRun] {
        if case .paragraph(let runs)? = blocks(text).first?.block { return runs }
        return [TextRun(text)]
    }
}

/// A node of the parser's tree, alive as long as the tree is.
private struct MarkdownNode {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    var line: Int { Int(cmark_node_get_start_line(pointer)) }

    private var type: String { String(cString: cmark_node_get_type_string(pointer)) }
    private var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }

    var children: [MarkdownNode] {
        var nodes: [MarkdownNode] = []
        var next = cmark_node_first_child(pointer)
        while let node = next {
            nodes.append(MarkdownNode(node))
            next = cmark_node_next(node)
        }
        return nodes
    }

    var block: TextBlock? {
        switch type {
        case "paragraph": .paragraph(runs([], nil))
        case "heading": .heading(level: Int(cmark_node_get_heading_level(pointer)), runs([], nil))
        case "list":
            .list(
                start: cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
                    ? Int(cmark_node_get_list_start(pointer)) : nil,
                items: children.map { $0.children.compactMap(\.block) })
        case "block_quote": .quote(children.compactMap(\.block))
        case "code_block": .code(language: fenceInfo, literal)
        // HTML is no part of a lesson; the check complains.
        case "html_block": .code(language: "html", literal)
        case "table": .table(table)
        case "thematic_break": .rule
        default: nil
        }
    }

    private var fenceInfo: String { cmark_node_get_fence_info(pointer).map { String(cString: $0) } ?? "" }

    private var table: TextTable {
        let rows = children.map { row in row.children.map { $0.runs([], nil) } }
        let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
        let letters = cmark_gfm_extensions_get_table_alignments(pointer)
        let alignments = (0..<count).map { column -> TextTable.Alignment in
            switch letters?[column] {
            case UInt8(ascii: "r"): .right
            case UInt8(ascii: "c"): .center
            default: .left
            }
        }
        return TextTable(alignments: alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private func runs(_ style: TextRun.Style, _ link: String?) -> [TextRun] {
        children.flatMap { $0.inline(style, link) }
    }

    private func inline(_ style: TextRun.Style, _ link: String?) -> [TextRun] {
        switch type {
        case "text", "html_inline": [TextRun(literal, style: style, link: link)]
        case "code": [TextRun(literal, style: style.union(.code), link: link)]
        case "softbreak": [TextRun(" ", style: style, link: link)]
        case "linebreak": [TextRun("\n", style: style, link: link)]
        case "emph": runs(style.union(.emphasis), link)
        case "strong": runs(style.union(.strong), link)
        case "strikethrough": runs(style.union(.struck), link)
        case "link": runs(style, cmark_node_get_url(pointer).map { String(cString: $0) })
        default: runs(style, link)
        }
    }
}
