import Foundation
import Testing

/// `report` as its readers run it.
struct ReportCommandTests {
    /// Three calls in fiscal year 2025: two mobile in Hartford, one by phone in Torrington.
    private func agency() throws -> TestAgency {
        let agency = try TestAgency()
        _ = try agency.arrivedCase()
        let second = try agency.openCase(call: "2025-06-30T23:30", lastName: "Other")
        try #require(try agency.run(["episode", "arrived", second, "--at", "2025-07-01T00:20"]).status == 0)
        return agency
    }

    private func rows(_ csv: String) -> [[String]] {
        csv.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func `a call before midnight of 30 June belongs to the year that ends there (pitfall 26)`() throws {
        let agency = try agency()
        let year = ["report", "--fiscal-year", "2025", "--format", "csv"]
        let text = try agency.run(year, as: "ann").stdout
        #expect(text.contains("episodes,,FY2025,,2,,2,count"))
        #expect(text.contains("response-in-time,,FY2025,,1,2,50.0,share,80.0,no,no"))
        let next = try agency.run(["report", "--fiscal-year", "2026", "--format", "csv"], as: "ann").stdout
        #expect(next.contains("episodes,,FY2026,,0,,0,count"))
        #expect(next.contains("episodes,,FY2025,,2,,2,count"))
        let quarter = try agency.run(["report", "--quarter", "2025Q4", "--format", "csv"], as: "ann").stdout
        #expect(quarter.contains("episodes,,2025Q4,,2,,2,count"))
        let month = try agency.run(["report", "--month", "2025-06", "--format", "csv"], as: "ann").stdout
        #expect(month.contains("episodes,,2025-06,,2,,2,count"))
        let day = ["report", "--from", "2025-06-30", "--to", "2025-06-30", "--format", "csv"]
        #expect(try agency.run(day, as: "ann").stdout.contains("episodes,,2025-06-30/2025-06-30,,1,,1,count"))
    }

    @Test func `the text names the period, the figures and the benchmarks`() throws {
        let result = try agency().run(["report", "--fiscal-year", "2025"], as: "ann")
        #expect(result.status == 0 && result.stderr.isEmpty, "\(result.stderr)")
        #expect(result.stdout.hasPrefix("Report FY2025: calls of 2024-07-01 to 2025-06-30\nTest Agency · as of "))
        #expect(result.stdout.contains("100.0 %  2 of 2"))
        #expect(result.stdout.contains("90.0 % met"))
        #expect(result.stdout.contains("80.0 % not met"))
        #expect(result.stdout.contains("█"))
    }

    @Test func `an empty period has no shares, and says so`() throws {
        let result = try agency().run(["report", "--fiscal-year", "1999", "--format", "csv"], as: "ann")
        #expect(result.status == 0)
        #expect(result.stdout.contains("mobility,,FY1999,,0,0,,share,90.0,,no"))
        #expect(result.stdout.contains("response-minutes,median,FY1999,,,0,,minutes,,,no"))
        for format in ["text", "json", "html"] {
            #expect(try agency().run(["report", "--month", "1999-01", "--format", format], as: "ann").status == 0)
        }
    }

    @Test(arguments: ["text", "csv", "json", "html"])
    func `the same database and instant give the same bytes`(format: String) throws {
        let agency = try agency()
        let words = ["report", "--fiscal-year", "2025", "--as-of", "2025-08-01T09:00", "--format", format]
        let first = try agency.run(words, as: "ann")
        let second = try agency.run(words, as: "amy", environment: ["TZ": "Asia/Tokyo"])
        #expect(first.status == 0 && !first.stdout.isEmpty)
        #expect(first.stdout == second.stdout)
    }

    @Test func `as of an earlier instant, what came later is not counted`() throws {
        let agency = try agency()
        let words = ["report", "--fiscal-year", "2025", "--format", "csv", "--as-of", "2025-06-02T11:45"]
        let text = try agency.run(words, as: "ann").stdout
        #expect(text.contains("episodes,,FY2025,,1,,1,count"))
        #expect(text.contains("response-in-time,,FY2025,,0,0,,share"))
    }

    @Test func `the page stands alone, and escapes what people wrote`() throws {
        let agency = try agency()
        let name = "<b>Danger & \"Sons\"</b>"
        try #require(try agency.run(["site", "add", name, "--town", "Avon"], as: "amy").status == 0)
        let opened = try agency.run(
            [
                "episode", "open", "--call", "2025-06-03T11:00", "--mode", "mobile", "--town", "Avon", "--site", name,
                "--referral-source", "school", "--presenting-problem", "anxiety", "--first-name", "Only",
                "--last-name", "Third", "--clinician", "bea",
            ],
            as: "amy"
        )
        let file = agency.home + "/report.html"
        let result = try agency.run(["report", "--fiscal-year", "2025", "--format", "html", "-o", file], as: "ann")
        #expect(result.status == 0, "\(result.stderr)")
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        for word in ["<script", "http://", "https://", "<link", "@import", "src="] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("<h1>") && page.contains("scope=\"row\"") && page.contains("<title id="))
        #expect(!page.contains(name))
        if opened.status == 0 { #expect(page.contains("&lt;b&gt;Danger &amp; &quot;Sons&quot;&lt;/b&gt;")) }
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `the cases behind a figure add up to it, and are for those who may see cases`() throws {
        let agency = try agency()
        let words = ["report", "--fiscal-year", "2025", "--cells", "response-in-time", "--format", "csv"]
        let result = try agency.run(words, as: "sue")
        #expect(result.status == 0, "\(result.stderr)")
        let counted = rows(result.stdout).dropFirst()
        #expect(counted.compactMap { Int($0[3]) }.reduce(0, +) == 1)
        #expect(counted.compactMap { Int($0[4]) }.reduce(0, +) == 2)
        #expect(counted.allSatisfy { $0[0].hasPrefix("2025-") })
        let analyst = try agency.run(words, as: "ann")
        #expect(analyst.status == 77)
        #expect(analyst.stdout.isEmpty)
    }

    @Test func `who sees one site's figures sees no other's`() throws {
        let agency = try agency()
        let words = ["report", "--fiscal-year", "2025", "--by", "site", "--format", "csv"]
        #expect(try agency.run(words, as: "tom").stdout.contains("episodes,,FY2025,,0,,0,count"))
        let sue = try agency.run(words, as: "sue").stdout
        #expect(sue.contains("episodes,,FY2025,Hartford,2,,2,count"))
        #expect(!sue.contains("Torrington"))
    }

    @Test func `small counts are hidden on request, and lists of cases are not given with them`() throws {
        let agency = try agency()
        let result = try agency.run(
            ["report", "--fiscal-year", "2025", "--suppress", "11", "--format", "csv"],
            as: "ann"
        )
        #expect(result.stdout.contains("episodes,,FY2025,,,,,count,,,yes"))
        #expect(!result.stdout.contains(",2,"))
        let page = try agency.run(
            ["report", "--fiscal-year", "2025", "--suppress", "11", "--format", "html"],
            as: "ann"
        )
        #expect(page.status == 0 && page.stdout.contains("hidden"))
        // What no single report can keep is said with each.
        let text = try agency.run(["report", "--fiscal-year", "2025", "--suppress", "11"], as: "ann").stdout
        for shown in [page.stdout, text.replacing("\n", with: " ")] {
            #expect(shown.contains("none whose period overlaps this one"), "\(shown.prefix(600))")
        }
        let cells = ["report", "--suppress", "11", "--cells", "episodes"]
        #expect(try agency.run(cells, as: "sue").status == 64)
    }

    @Test func `every measure is listed with what it counts`() throws {
        let result = try agency().run(["report", "--measures", "--format", "json"], as: "ann")
        #expect(result.status == 0)
        let list = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]]
        let ids = (list ?? []).compactMap { $0["measure"] as? String }
        #expect(ids.count > 30 && Set(ids).count == ids.count)
        for id in ["mobility", "response-in-time", "children", "closing-overrides", "days-to-appointment"] {
            #expect(ids.contains(id), "\(id)")
        }
        #expect((list ?? []).allSatisfy { ($0["numerator"] as? String)?.isEmpty == false })
    }

    @Test func `the JSON is one document with every key`() throws {
        let agency = try agency()
        let result = try agency.run(
            ["report", "--fiscal-year", "2025", "--by", "month", "--format", "json"],
            as: "ann"
        )
        let object = try #require(result.object)
        #expect(object["period"] as? String == "FY2025" && object["prior_period"] as? String == "FY2024")
        let figures = try #require(object["figures"] as? [[String: Any]])
        #expect(figures.allSatisfy { $0.count == 11 })
        let june = figures.first {
            $0["measure"] as? String == "episodes" && $0["group"] as? String == "2025-06"
        }
        #expect(june?["numerator"] as? Int == 2)
        #expect((object["quarters"] as? [[String: Any]])?.isEmpty == false)
    }

    @Test(arguments: [
        ["--quarter", "2022Q5"], ["--month", "2022-13"], ["--fiscal-year", "22"], ["--from", "2022-01-01"],
        ["--fiscal-year", "2022", "--month", "2022-01"], ["--suppress", "1"], ["--cells", "nothing"],
        ["--by", "weather"], ["--cells", "episodes", "--format", "html"], ["--cells", "episodes", "--measures"],
    ])
    func `what makes no report is a mistake of usage`(words: [String]) throws {
        let result = try agency().run(["report"] + words, as: "sue")
        #expect(result.status == 64, "\(words): \(result.stderr)")
        #expect(result.stdout.isEmpty)
    }
}
