// Checking one value of one field. Two sources: JSON of forms and programs, cells of a CSV file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registry.h"

namespace jingwei::registry {

/// Finds the id of the organization that a cell means: an id, a 统一社会信用代码 or a full name. Nothing: none.
using OrganizationResolver = std::function<std::optional<std::string>(std::string_view)>;

struct Problems {
  std::vector<InputProblem> errors;
  std::vector<InputProblem> warnings;
};

/// The normal form of a JSON value; nothing (with a problem added) when it is wrong, null when it is empty.
std::optional<json::value> check_value(const Definitions& definitions, const Field& field, const json::value& raw, Problems& problems);
/// The same for the text of a cell.
std::optional<json::value> read_cell(const Definitions& definitions, const Field& field, std::string_view cell, const OrganizationResolver& resolve,
                                     Problems& problems);
/// The text that read_cell reads back; what export writes.
std::string write_cell(const Definitions& definitions, const Field& field, const json::value& value);

InputProblem missing_field(const Field& field);
/// Values of the key fields in one text; what makes two rows the same entry.
std::string key_text(const Register& reg, const json::object& fields);
/// Text of the first field with this role, or empty.
std::string role_text(const Register& reg, const json::object& fields, std::string_view role);

}  // namespace jingwei::registry
