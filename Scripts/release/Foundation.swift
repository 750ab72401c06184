// Takes the place of ArgumentParser's `Utilities/Foundation.swift` in the program that is shipped (Makefile, `release`;
// docs/decisions/0011): the two things for which ArgumentParser links Foundation, without it.

extension Error {
    /// What the error says. Only Foundation's own errors say it in another way.
    func describe() -> String {
        String(describing: self)
    }
}

/// The program's description of itself (`--experimental-dump-help`), byte for byte as Foundation writes it.
enum JSONEncoder {
    static func encode<T: Encodable>(_ value: T) -> String {
        let node = JSONNode()
        guard (try? node.take(value)) != nil else { return "" }
        return node.text(indented: "")
    }
}

/// A value on its way to JSON, filled in by its containers.
private final class JSONNode {
    private enum Content {
        case written(String)
        case array([JSONNode])
        case object([String: JSONNode])
    }

    private var content = Content.written("null")

    func take<T: Encodable>(_ value: T) throws {
        switch value {
        case let text as String: content = .written(Self.quoted(text))
        case let flag as Bool: content = .written(flag ? "true" : "false")
        case let number as any BinaryInteger: content = .written(String(describing: number))
        case let number as any BinaryFloatingPoint: content = .written(String(describing: number))
        default: try value.encode(to: JSONNodeEncoder(node: self, codingPath: []))
        }
    }

    func becomeArray() {
        content = .array([])
    }

    func becomeObject() {
        content = .object([:])
    }

    var count: Int {
        if case .array(let nodes) = content { nodes.count } else { 0 }
    }

    func append() -> JSONNode {
        let node = JSONNode()
        if case .array(let nodes) = content { content = .array(nodes + [node]) }
        return node
    }

    func member(_ key: any CodingKey) -> JSONNode {
        let node = JSONNode()
        if case .object(var nodes) = content {
            nodes[key.stringValue] = node
            content = .object(nodes)
        }
        return node
    }

    func text(indented margin: String) -> String {
        let inner = margin + "  "
        switch content {
        case .written(let text):
            return text
        case .array(let nodes):
            return "[\n" + nodes.map { inner + $0.text(indented: inner) }.joined(separator: ",\n") + "\n\(margin)]"
        case .object(let nodes):
            let members = nodes.sorted { $0.key < $1.key }
                .map { "\(inner)\(Self.quoted($0.key)) : \($0.value.text(indented: inner))" }
            return "{\n" + members.joined(separator: ",\n") + "\n\(margin)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "/": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

private struct JSONNodeEncoder: Encoder, SingleValueEncodingContainer {
    let node: JSONNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(JSONObject<Key>(node: node))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return JSONArray(node: node)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() {}

    func encode<T: Encodable>(_ value: T) throws {
        try node.take(value)
    }
}

private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        _ = node.member(key)
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try node.member(key).take(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        JSONNodeEncoder(node: node.member(key), codingPath: []).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONNodeEncoder(node: node.member(key), codingPath: []).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONNodeEncoder(node: node, codingPath: []) }
    func superEncoder(forKey key: Key) -> any Encoder { JSONNodeEncoder(node: node.member(key), codingPath: []) }
}

private struct JSONArray: UnkeyedEncodingContainer {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }
    var count: Int { node.count }

    func encodeNil() {
        _ = node.append()
    }

    func encode<T: Encodable>(_ value: T) throws {
        try node.append().take(value)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        JSONNodeEncoder(node: node.append(), codingPath: []).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONNodeEncoder(node: node.append(), codingPath: []).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONNodeEncoder(node: node, codingPath: []) }
}
