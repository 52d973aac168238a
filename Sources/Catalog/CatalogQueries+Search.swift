import Basics
import Cube
import Foundation
internal import GRDB

extension CatalogQueries {
    /// The cubes that meet a query, sorted and limited as it says.
    public func search(_ query: CubeQuery) throws -> [CubeSummary] {
        let statement = SearchStatement(query)
        return try fetch(
            statement.listing, statement.arguments, isKept: false, summaryOfCube)
    }

    /// How many cubes meet a query, whatever its limit.
    public func count(_ query: CubeQuery) throws -> Int {
        let statement = SearchStatement(query)
        let counts = try fetch(statement.counting, statement.arguments, isKept: false) {
            try $0.integer("count")
        }
        return counts.first ?? 0
    }

    private func summaryOfCube(_ row: Row) throws -> CubeSummary {
        CubeSummary(
            id: try row.digest("digest"), name: try row.text("name"),
            format: try row.text("format"), geometry: try row.geometry(),
            sampleType: try row.choice("sample_type", of: SampleType.self),
            sensor: try row.optionalText("sensor"),
            acquisitionTime: try row.optionalTime("acquired_at"),
            ingestedAt: try row.time("ingested_at"),
            collection: try row.optionalText("collection"), tags: try tags(row),
            fidelity: try row.text("fidelity"),
            maximumAbsoluteError: try row.real("maximum_absolute_error"),
            sourceByteCount: try row.integer("source_byte_count"),
            exactStoredByteCount: try row.integer("exact_stored_byte_count"),
            lowestWavelengthNanometers: try row.optionalReal("lowest_wavelength_nanometers"),
            highestWavelengthNanometers: try row.optionalReal("highest_wavelength_nanometers"),
            bounds: try bounds(row), baseVersion: try row.optionalInteger("base_version"),
            latentByteCount: try row.optionalInteger("latent_byte_count"),
            latentPSNRDecibels: try row.optionalReal("psnr_decibels"))
    }

    /// Most cubes have no tags, and the JSON decoder is the slowest part of a listing.
    private func tags(_ row: Row) throws -> [String: String] {
        try row.text("tags") == "{}" ? [:] : try row.json("tags", as: [String: String].self)
    }

    private func bounds(_ row: Row) throws -> GeographicBounds? {
        guard let west = try row.optionalReal("west") else { return nil }
        let bounds = GeographicBounds(
            west: west, south: try row.real("south"), east: try row.real("east"),
            north: try row.real("north"))
        guard let bounds else {
            throw UnreadableValue(column: "west, south, east, north", reason: "no place on Earth")
        }
        return bounds
    }
}
