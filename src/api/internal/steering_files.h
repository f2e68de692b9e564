// What the files of steering share: for whom and as of when they are, which indicators they hold.
#pragma once

#include "api/internal/downloads.h"
#include "steering/exports.h"

namespace jingwei::api {

std::string today_of(Services& services);
/// state, chain, unit, promise and q of the query.
steering::IndicatorFilter indicator_filter(const Request& request);
std::vector<http::QueryDoc> chain_and_unit_query();
steering::ExportFrame frame_of(Services& services, const Caller& caller, const Request& request, const std::string& day);
/// Of a file: "指标-2026-11-29".
std::string named(const steering::ExportFrame& frame, const Bilingual& what);
std::vector<steering::IndicatorView> indicators_of(Services& services, store::Connection& connection, const Caller& caller, const std::string& day,
                                                   const steering::IndicatorFilter& filter);

/// `make(connection, frame) -> Response` on a worker.
template <class Make>
awaitable<Response> made(Services& services, const Caller& caller, const Request& request, const std::string& day, Make make) {
  const steering::ExportFrame frame = frame_of(services, caller, request, day);
  std::optional<Response> response;
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    response = make(*reader, frame);
    return true;
  });
  co_return std::move(*response);
}

}  // namespace jingwei::api
