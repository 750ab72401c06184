/// How a report's page looks, on a screen of any width and on Letter paper.
enum PageStyle {
    /// Text stands at least 4.5 to 1 against its ground (WCAG 2.1, 1.4.3).
    static let text = """
        @page { size: letter; margin: 0.5in; }
        * { box-sizing: border-box; }
        body { font: 16px/1.45 "DejaVu Sans", Verdana, Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
        main { max-width: 1120px; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 0.3rem; }
        h2 { font-size: 1.2rem; margin: 1.8rem 0 0.5rem; border-bottom: 2px solid #1f4e79; padding-bottom: 0.15rem; }
        p { margin: 0.3rem 0 0.6rem; }
        .about { color: #444; }
        .grid { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); }
        .grid.pairs { grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); }
        .grid > * { min-width: 0; }
        .day { white-space: nowrap; }
        figure { margin: 0; }
        figcaption { font-weight: bold; font-size: 0.9rem; margin-bottom: 0.2rem; }
        svg { display: block; width: 100%; height: auto; max-width: 600px; }
        .patterns { position: absolute; width: 0; }
        svg text { font-family: inherit; fill: #1a1a1a; paint-order: stroke; stroke: #fff; stroke-width: 6px; }
        .frame { overflow-x: auto; margin-bottom: 0.8rem; }
        .frame:focus-visible { outline: 2px solid #1f4e79; }
        table { border-collapse: collapse; width: 100%; font-size: 0.85rem; }
        caption { text-align: left; font-weight: bold; padding: 0.2rem 0; }
        caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
        th, td { border-bottom: 1px solid #b5b5b5; padding: 0.2rem 0.45rem; vertical-align: top; }
        td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        thead th { text-align: right; vertical-align: bottom; background: #e8eef4; }
        thead th:first-child, tbody th { text-align: left; }
        tbody th { font-weight: normal; min-width: 7.5rem; }
        td.prose { text-align: left; white-space: normal; min-width: 10rem; }
        td.better { background: #d5ebd8; }
        td.worse { background: #f8dcc6; }
        @media screen and (max-width: 600px) {
        main { padding: 0.8rem 0.6rem; }
        h1 { font-size: 1.35rem; }
        caption span { max-width: calc(100vw - 1.2rem); }
        table { font-size: 0.8rem; }
        th, td { padding: 0.25rem 0.3rem; }
        tbody th { min-width: 6.5rem; }
        td.of { white-space: normal; min-width: 3.4rem; }
        }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; padding: 0; font-size: 0.85rem; }
        .legend li { display: flex; align-items: center; gap: 0.35rem; }
        .legend svg { width: 22px; height: 16px; flex: none; }
        @media print {
        body { font-size: 9pt; }
        main { max-width: none; padding: 0; }
        h1 { font-size: 16pt; }
        h2 { font-size: 12pt; }
        svg { max-width: 5in; }
        tbody th { min-width: 0; }
        table { font-size: 7.5pt; }
        th, td { padding: 1pt 3pt; }
        h2, caption { break-after: avoid; }
        h2 { margin-top: 10pt; }
        figure, tr { break-inside: avoid; }
        thead { display: table-header-group; }
        .frame { overflow: visible; }
        .grid { grid-template-columns: 1fr 1fr; gap: 8pt; }
        td.prose { min-width: 0; }
        td.better, td.worse, thead th, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
