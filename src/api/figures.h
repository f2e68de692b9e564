// The SQL of an indicator, asked of the read model: what analytics answers, as steering keeps it. For handlers that try a definition and
// for the node, which computes by itself.
#pragma once

#include "analytics/analytics.h"
#include "steering/steering.h"

namespace jingwei::api {

constexpr int kFigureDeadlineMs = 5'000;  ///< of one query; a definition is tried with the deadline that it will have later

/// `query` for the days of a period, over what is published when the indicator is public, over everything otherwise. Throws as
/// Model::figure_of does; problems name the fields of an indicator: "/computed/sql", "/computed/rows_sql".
steering::FigureResult compute_figure(const analytics::Model& model, const steering::FigureQuery& query, bool is_public, const steering::Computable::Span& span, Timestamp now);

}  // namespace jingwei::api
