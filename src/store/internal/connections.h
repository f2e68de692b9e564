// The two kinds of connection behind store.h.
#pragma once

#include <memory>

#include "store/store.h"

namespace jingwei::store {

std::unique_ptr<Connection> open_sqlite(const std::string& path, bool create, bool read_only);
std::unique_ptr<Connection> open_postgresql(const std::string& url);

}  // namespace jingwei::store
