import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The texts of the cells of a flat OpenDocument sheet, read without the office that wrote it.
final class FlatSheet: NSObject, XMLParserDelegate {
    private var rows: [[String]] = []
    private var row: [String] = []
    private var cell: String?
    private var paragraphs = 0
    private var isInParagraph = false
    private var repeated = 1

    static func cells(of data: Data) -> [[String]] {
        let sheet = FlatSheet()
        let parser = XMLParser(data: data)
        parser.delegate = sheet
        _ = parser.parse()
        // A sheet ends in rows and cells that repeat emptiness; a file has as many cells as its header.
        let width = sheet.rows.first.map { row in (row.lastIndex { !$0.isEmpty } ?? -1) + 1 } ?? 0
        let filled = sheet.rows.prefix { row in row.contains { !$0.isEmpty } }
        return filled.map { row in Array((row + Array(repeating: "", count: width)).prefix(width)) }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        switch name {
        case "table:table-row": row = []
        case "table:table-cell":
            cell = ""
            paragraphs = 0
            // An empty rest of a row is repeated to the sheet's last column.
            repeated = min(Int(attributes["table:number-columns-repeated"] ?? "1") ?? 1, 100)
        case "text:p":
            if paragraphs > 0 { cell? += "\n" }
            paragraphs += 1
            isInParagraph = true
        case "text:s": cell? += String(repeating: " ", count: Int(attributes["text:c"] ?? "1") ?? 1)
        case "text:tab": cell? += "\t"
        case "text:line-break": cell? += "\n"
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        // Between the elements stands what makes the file pleasant to read.
        if isInParagraph { cell? += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        switch name {
        case "text:p": isInParagraph = false
        case "table:table-cell":
            row += Array(repeating: cell ?? "", count: repeated)
            cell = nil
        case "table:table-row": rows.append(row)
        default: break
        }
    }
}
