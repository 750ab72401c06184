internal import CivilTime
internal import Reports

extension CommandRun {
    /// Shows one record with its lists.
    func show(_ detail: Detail, in zone: Zone) throws {
        tellPart2(detail.isPart2)
        let sink = OutputSink.standardOutput
        let presentation = Presentation.of(sink, zone: zone, noColor: options.noColor)
        try detail.write(as: options.format, to: sink, presentation: presentation, console: console)
        try sink.finish()
    }

    /// Shows what a command draws by itself for people.
    func show(in zone: Zone, _ render: (Presentation) -> String) throws {
        let sink = OutputSink.standardOutput
        try sink.write(render(.of(sink, zone: zone, noColor: options.noColor)))
        try sink.finish()
    }

    /// Shows a number alone; in CSV and JSON under its name.
    func show(number: Int, _ key: String, in zone: Zone) throws {
        guard options.format != .table else {
            let sink = OutputSink.standardOutput
            try sink.write("\(number)\n")
            return try sink.finish()
        }
        var detail = Detail()
        detail.add(key, key, .int(number))
        try show(detail, in: zone)
    }
}
