import Archive

/// What happened, for people.
enum HistoryTable {
    /// The table.
    ///
    /// - Parameter namesObjects: whether the events are about several things.
    static func text(of events: [HistoryEntry], namesObjects: Bool) -> String {
        var columns: [OutputTable.Column] = [
            .init(title: "WHEN"), .init(title: "WHAT"), .init(title: "OUTCOME"),
        ]
        if namesObjects { columns.append(.init(title: "OBJECT", expendability: 1)) }
        columns += [
            .init(title: "FIGURES", isFlexible: true, expendability: 2),
            .init(title: "MESSAGE", isFlexible: true),
        ]
        var table = OutputTable(columns)
        for event in events {
            var cells = [FigureFormat.time(event.at), event.action, event.outcome]
            if namesObjects { cells.append(object(event)) }
            table.add(cells + [figures(event), event.message ?? ""])
        }
        return table.text(width: Console.outputWidth)
    }

    private static func object(_ event: HistoryEntry) -> String {
        event.objectKind == "cube"
            ? FigureFormat.shortID(event.objectID) : "\(event.objectKind) \(event.objectID)"
    }

    private static func figures(_ event: HistoryEntry) -> String {
        event.figures.sorted { $0.key < $1.key }
            .map { "\($0.key) \(FigureFormat.number($0.value))" }.joined(separator: ", ")
    }
}
