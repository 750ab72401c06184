package import SQLite

/// The schema, step by step. A step that has been released never changes; a new one is added at the end.
package enum Migrations {
    package static let all = [
        Migration(name: "m0001_followup", sql: PackageResources.m0001_followup_sql),
        Migration(name: "m0002_towns", sql: PackageResources.m0002_towns_sql),
        Migration(name: "m0003_plan_draft", sql: PackageResources.m0003_plan_draft_sql),
        Migration(name: "m0004_client_merge", sql: PackageResources.m0004_client_merge_sql),
        Migration(name: "m0005_disposition", sql: PackageResources.m0005_disposition_sql),
    ]
}
