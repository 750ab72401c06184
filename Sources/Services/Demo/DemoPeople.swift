/// Names for a demonstration. Nobody real is meant.
enum DemoPeople {
    static let firstNames = [
        "Ava", "Noah", "Luz", "Eli", "Zoë", "Omar", "Maya", "José", "Grace", "Kai", "Imani", "Björn", "Priya", "Mateo",
        "Nora", "Samuel", "Amira", "Wei", "Renée", "Malik",
    ]
    static let lastNames = [
        "Testa", "Sample", "Muster", "Prueba", "O'Example", "García-Demo", "Ejemplo", "Specimen", "Nguyen-Test",
        "Placeholder", "Demir", "Fixture",
    ]
    static let sites: [(name: String, towns: [String])] = [
        ("Hartford", ["Hartford", "West Hartford", "East Hartford"]),
        ("Waterbury", ["Waterbury", "Torrington", "Danbury"]),
        ("Stamford", ["Stamford", "Greenwich", "Darien", "New Canaan"]),
    ]
    static let notes = [
        "calmer, sleeping better", "met at school with the counselor", "no new incident reported",
        "reviewed coping steps, added music", "asked about medication storage, now locked",
    ]
}
