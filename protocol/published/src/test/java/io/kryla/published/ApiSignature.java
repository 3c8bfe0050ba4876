package io.kryla.published;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ExportsDirective;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What others can compile against in the packages that a module exports to everyone, one declaration a line.
 *
 * <p>Members stand in alphabetical order, so that moving one in its file changes nothing here; enum constants and record
 * components in theirs, which callers can see. A record's own accessors and what every class overrides of {@code Object}
 * are implied.
 */
final class ApiSignature {
    private final Elements elements;
    private final List<String> lines = new ArrayList<>();
    private String packageName = "";

    private ApiSignature(Elements elements) {
        this.elements = elements;
    }

    static List<String> of(ModuleElement module, Elements elements) {
        ApiSignature signature = new ApiSignature(elements);
        signature.lines.add("module " + module.getQualifiedName());
        exported(module).forEach(signature::addPackage);
        return signature.lines;
    }

    /** The packages that the module exports to everyone, by name. */
    static List<PackageElement> exported(ModuleElement module) {
        return ElementFilter.exportsIn(module.getDirectives()).stream()
                .filter(directive -> directive.getTargetModules() == null)
                .map(ExportsDirective::getPackage)
                .sorted(Comparator.comparing(name -> name.getQualifiedName().toString()))
                .toList();
    }

    static boolean isApi(Element element) {
        return element.getModifiers().contains(Modifier.PUBLIC)
                || element.getModifiers().contains(Modifier.PROTECTED)
                        && !element.getEnclosingElement().getModifiers().contains(Modifier.FINAL);
    }

    private void addPackage(PackageElement element) {
        packageName = element.getQualifiedName().toString();
        lines.add("");
        lines.add("package " + packageName);
        sortedTypes(element.getEnclosedElements()).forEach(this::addType);
    }

    private static List<TypeElement> sortedTypes(List<? extends Element> enclosed) {
        return ElementFilter.typesIn(enclosed).stream()
                .filter(ApiSignature::isApi)
                .sorted(Comparator.comparing(type -> type.getQualifiedName().toString()))
                .toList();
    }

    private void addType(TypeElement type) {
        lines.add("");
        lines.add(header(type));
        List<String> members = new ArrayList<>();
        for (Element member : type.getEnclosedElements()) {
            if (member.getKind() == ElementKind.ENUM_CONSTANT) {
                lines.add("    " + member.getSimpleName());
            } else if (isApi(member) && !isImplied(member, type)) {
                describe(member, type).lines().forEach(members::add);
            }
        }
        members.stream().sorted().map(member -> "    " + member).forEach(lines::add);
        sortedTypes(type.getEnclosedElements()).forEach(this::addType);
    }

    private String header(TypeElement type) {
        StringBuilder text = new StringBuilder();
        boolean isInterface = type.getKind() == ElementKind.INTERFACE;
        boolean isClass = type.getKind() == ElementKind.CLASS;
        for (Modifier modifier : List.of(Modifier.ABSTRACT, Modifier.FINAL, Modifier.SEALED, Modifier.NON_SEALED)) {
            boolean said = isClass || isInterface && modifier != Modifier.ABSTRACT;
            if (said && type.getModifiers().contains(modifier)) {
                text.append(modifier).append(' ');
            }
        }
        text.append(kind(type)).append(' ').append(shortened(type.getQualifiedName()
                .toString()));
        text.append(typeParameters(type.getTypeParameters()));
        if (type.getKind() == ElementKind.RECORD) {
            text.append(type.getRecordComponents().stream()
                    .map(this::component)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        TypeMirror parent = type.getSuperclass();
        if (isClass && parent.getKind() != TypeKind.NONE && !parent.toString().equals("java.lang.Object")) {
            text.append(" extends ").append(shortened(parent));
        }
        text.append(list(isInterface ? " extends " : " implements ", type.getInterfaces()));
        text.append(list(" permits ", isInterface || isClass ? type.getPermittedSubclasses() : List.of()));
        return text.toString();
    }

    private static String kind(TypeElement type) {
        return switch (type.getKind()) {
            case ANNOTATION_TYPE -> "annotation";
            case INTERFACE -> type.getAnnotation(FunctionalInterface.class) == null ? "interface" : "functional interface";
            default -> type.getKind().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private String component(RecordComponentElement component) {
        return shortened(component.asType()) + " " + component.getSimpleName();
    }

    /** What a reader of a record's header, or of any class, knows without being told. */
    private boolean isImplied(Element member, TypeElement type) {
        if (member.getKind().isClass() || member.getKind().isInterface()) {
            return true; // has lines of its own
        }
        return member.getKind() == ElementKind.RECORD_COMPONENT
                || member instanceof ExecutableElement method
                        && (isOfEveryObject(method) || isOfEveryEnum(method, type) || isOfEveryRecord(method, type));
    }

    static boolean isOfEveryObject(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        int parameters = method.getParameters().size();
        return parameters == 0 && (name.equals("hashCode") || name.equals("toString"))
                || parameters == 1 && name.equals("equals");
    }

    static boolean isOfEveryEnum(ExecutableElement method, TypeElement type) {
        String name = method.getSimpleName().toString();
        return type.getKind() == ElementKind.ENUM && (name.equals("values") || name.equals("valueOf"));
    }

    private static boolean isOfEveryRecord(ExecutableElement method, TypeElement type) {
        boolean accessor = method.getParameters().isEmpty()
                && type.getRecordComponents().stream()
                        .anyMatch(component -> component.getSimpleName().equals(method.getSimpleName()));
        return accessor || isCanonical(method, type);
    }

    static boolean isCanonical(ExecutableElement method, TypeElement type) {
        return type.getKind() == ElementKind.RECORD
                && method.getKind() == ElementKind.CONSTRUCTOR
                && type.getRecordComponents().stream()
                        .map(component -> component.asType().toString())
                        .toList()
                        .equals(method.getParameters().stream()
                                .map(parameter -> parameter.asType().toString())
                                .toList());
    }

    private String describe(Element member, TypeElement type) {
        StringBuilder text = new StringBuilder();
        boolean inInterface = type.getKind() == ElementKind.INTERFACE;
        for (Modifier modifier : List.of(
                Modifier.PROTECTED, Modifier.STATIC, Modifier.ABSTRACT, Modifier.DEFAULT, Modifier.FINAL)) {
            boolean implied = inInterface && modifier != Modifier.STATIC && modifier != Modifier.DEFAULT
                    || modifier == Modifier.FINAL && type.getModifiers().contains(Modifier.FINAL)
                            && member instanceof ExecutableElement;
            if (member.getModifiers().contains(modifier) && !implied) {
                text.append(modifier).append(' ');
            }
        }
        if (elements.isDeprecated(member)) {
            text.insert(0, "deprecated ");
        }
        return member instanceof ExecutableElement method
                ? text + method(method)
                : text + field((VariableElement) member);
    }

    private String field(VariableElement field) {
        Object value = field.getConstantValue();
        return shortened(field.asType()) + " " + field.getSimpleName()
                + (value == null ? "" : " = " + elements.getConstantExpression(value));
    }

    private String method(ExecutableElement method) {
        String parameters = method.getParameters().stream()
                .map(parameter -> shortened(parameter.asType()))
                .collect(Collectors.joining(", ", "(", ")"));
        if (method.isVarArgs()) {
            parameters = parameters.replaceFirst("\\[]\\)$", "...)");
        }
        String generic = typeParameters(method.getTypeParameters());
        String name = method.getKind() == ElementKind.CONSTRUCTOR
                ? "new"
                : shortened(method.getReturnType()) + " " + method.getSimpleName();
        return (generic.isEmpty() ? "" : generic + " ") + name + parameters + list(" throws ", method.getThrownTypes());
    }

    private String typeParameters(List<? extends TypeParameterElement> parameters) {
        if (parameters.isEmpty()) {
            return "";
        }
        return parameters.stream()
                .map(parameter -> parameter
                        + list(
                                " extends ",
                                parameter.getBounds().stream()
                                        .filter(bound -> !bound.toString().equals("java.lang.Object"))
                                        .toList()))
                .collect(Collectors.joining(", ", "<", ">"));
    }

    private String list(String before, List<? extends TypeMirror> types) {
        return types.isEmpty()
                ? ""
                : types.stream().map(this::shortened).collect(Collectors.joining(", ", before, ""));
    }

    private String shortened(TypeMirror type) {
        return shortened(type.toString());
    }

    /** Names of this package and of {@code java.lang} stand without it; a nullable type has a question mark. */
    private String shortened(String name) {
        return name.replaceAll("@org\\.jspecify\\.annotations\\.Nullable ([\\w.]+)", "$1?")
                .replaceAll("(?<![\\w.])" + packageName.replace(".", "\\.") + "\\.(?=[A-Z])", "")
                .replaceAll("(?<![\\w.])java\\.(lang|util|time)\\.(?=[A-Z])", "")
                .replace(",", ", ")
                .replace(",  ", ", ");
    }
}
