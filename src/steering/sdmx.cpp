// Observations as SDMX-CSV 2.0, see exports.h.
#include <fmt/format.h>

#include <array>

#include "steering/exports.h"

namespace jingwei::steering {
namespace {

/// RFC 4180: quoted when it must be. Not guarded for spreadsheet programs: this file is for machines.
std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// An id of SDMX has letters, digits, _ @ $ - ; any other byte of a code is written $XX.
std::string id_of(std::string_view code) {
  std::string id;
  for (const char c : code) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@' || c == '-';
    id += plain ? std::string(1, c) : fmt::format("${:02X}", static_cast<unsigned char>(c));
  }
  return id;
}

std::string_view frequency_of(Frequency frequency) { return frequency == Frequency::year ? "A" : frequency == Frequency::quarter ? "Q" : "M"; }

/// Shortest decimal text that reads back as the same number; a point is always a point.
std::string number(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; }

struct Line {
  Frequency frequency;
  std::string period;
  std::optional<double> value;
  std::string_view status;
  std::string comment;
};

/// The status of a period's value; nothing: the period is no row.
std::optional<std::string_view> status_of(const IndicatorPoint& point, const std::string& as_of) {
  const auto period = parse_period(point.period);
  if (point.value) return period && last_day(*period) >= as_of ? "P" : "A";
  return point.overdue ? std::optional<std::string_view>("O") : std::nullopt;
}

std::vector<Line> lines_of(const IndicatorPage& page) {
  std::vector<Line> lines;
  const auto& baseline = page.course.baseline;
  const std::string year = baseline ? std::to_string(baseline->year) : "";
  const bool reported_too = page.frequency == Frequency::year && std::ranges::any_of(page.points, [&](const IndicatorPoint& point) { return point.period == year && point.value; });
  if (baseline && !reported_too) {
    const std::string plain = baseline->value ? figure_text(*baseline->value) : "";
    lines.push_back({Frequency::year, year, baseline->value, baseline->value ? "A" : "O", baseline->text == plain ? "" : baseline->text});
  }
  for (const auto& point : page.points) {
    const bool is_baseline = baseline && !reported_too && page.frequency == Frequency::year && point.period == year;
    if (const auto status = status_of(point, page.as_of); status && !is_baseline) lines.push_back({page.frequency, point.period, point.value, *status, ""});
  }
  return lines;
}

}  // namespace

std::string sdmx_csv(const std::vector<IndicatorPage>& histories, std::string_view region) {
  std::string csv = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,TITLE,COMMENT_OBS,FICTIONAL\r\n";
  const std::string structure = fmt::format("dataflow,JINGWEI_{}:INDICATORS(1.0.0),I", region);
  for (const auto& page : histories)
    for (const auto& line : lines_of(page))
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\r\n", structure, frequency_of(line.frequency), region, id_of(page.code), line.period, number(line.value), line.status, field(page.unit),
                         field(page.name), field(line.comment), page.fictional ? "true" : "false");
  return csv;
}

}  // namespace jingwei::steering
