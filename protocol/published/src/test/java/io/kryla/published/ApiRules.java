package io.kryla.published;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What must hold of every exported declaration: it has a comment where its name cannot say all, and it names only types that
 * its user can see.
 */
final class ApiRules {
    private final Elements elements;
    private final List<String> broken = new ArrayList<>();
    private final Set<ModuleElement> seen = new HashSet<>();
    private final Set<PackageElement> visible = new HashSet<>();

    private ApiRules(Elements elements) {
        this.elements = elements;
    }

    /** One line for each rule that is broken somewhere. */
    static List<String> brokenIn(ModuleElement module, Elements elements) {
        ApiRules rules = new ApiRules(elements);
        rules.see(module);
        for (PackageElement exported : ApiSignature.exported(module)) {
            rules.require(elements.getDocComment(exported) != null, exported, "needs a comment in package-info.java");
            ElementFilter.typesIn(exported.getEnclosedElements()).stream()
                    .filter(ApiSignature::isApi)
                    .forEach(rules::checkType);
        }
        return rules.broken;
    }

    /** Whoever requires the module sees its exports, and those of the modules that it requires transitively. */
    private void see(ModuleElement module) {
        if (!seen.add(module)) {
            return; // automatic modules require each other
        }
        visible.addAll(ApiSignature.exported(module));
        ElementFilter.requiresIn(module.getDirectives()).stream()
                .filter(ModuleElement.RequiresDirective::isTransitive)
                .forEach(required -> see(required.getDependency()));
    }

    private void require(boolean holds, Element where, String what) {
        if (!holds) {
            Element owner = where.getEnclosingElement();
            boolean member = owner instanceof TypeElement;
            broken.add((member ? ((TypeElement) owner).getQualifiedName() + ": " : "") + where + " " + what);
        }
    }

    private void checkType(TypeElement type) {
        require(elements.getDocComment(type) != null || isCaseOfAChoice(type), type, "needs a comment");
        checkVisible(type.getSuperclass(), type);
        type.getInterfaces().forEach(parent -> checkVisible(parent, type));
        type.getRecordComponents().forEach(component -> checkVisible(component.asType(), type));
        for (Element member : type.getEnclosedElements()) {
            if (!ApiSignature.isApi(member)) {
                continue;
            }
            if (member instanceof TypeElement nested) {
                checkType(nested);
            } else if (member instanceof ExecutableElement method) {
                require(elements.getDocComment(method) != null || speaksForItself(method, type), method, "needs a comment");
                checkVisible(method.getReturnType(), method);
                method.getParameters().forEach(parameter -> checkVisible(parameter.asType(), method));
                method.getThrownTypes().forEach(thrown -> checkVisible(thrown, method));
            } else {
                checkVisible(member.asType(), member);
            }
        }
    }

    /** {@code record Rejected(Reason reason) implements Result} inside {@code Result}: the choice's comment is its. */
    private static boolean isCaseOfAChoice(TypeElement type) {
        return type.getKind() == ElementKind.RECORD
                && type.getEnclosingElement() instanceof TypeElement choice
                && choice.getModifiers().contains(Modifier.SEALED);
    }

    /** An accessor, a constructor that nobody wrote or the record's header says, and what overrides a method. */
    private boolean speaksForItself(ExecutableElement method, TypeElement type) {
        boolean accessor = method.getParameters().isEmpty()
                && method.getReturnType().getKind() != TypeKind.VOID
                && method.getKind() == ElementKind.METHOD
                && !method.getModifiers().contains(Modifier.STATIC);
        return accessor
                || method.getAnnotation(Override.class) != null
                || elements.getOrigin(method) != Elements.Origin.EXPLICIT
                || ApiSignature.isOfEveryObject(method)
                || ApiSignature.isOfEveryEnum(method, type)
                || ApiSignature.isCanonical(method, type);
    }

    private void checkVisible(TypeMirror type, Element where) {
        if (type instanceof ArrayType array) {
            checkVisible(array.getComponentType(), where);
        } else if (type instanceof WildcardType wildcard) {
            if (wildcard.getExtendsBound() != null) {
                checkVisible(wildcard.getExtendsBound(), where);
            }
            if (wildcard.getSuperBound() != null) {
                checkVisible(wildcard.getSuperBound(), where);
            }
        } else if (type instanceof DeclaredType declared && !(type instanceof TypeVariable)) {
            PackageElement home = elements.getPackageOf(declared.asElement());
            require(
                    visible.contains(home) && ApiSignature.isApi(declared.asElement()) || isPlatform(home),
                    where,
                    "names " + declared.asElement() + ", which its users cannot see");
            declared.getTypeArguments().forEach(argument -> checkVisible(argument, where));
        }
    }

    private boolean isPlatform(PackageElement home) {
        ModuleElement module = elements.getModuleOf(home);
        return module != null && module.getQualifiedName().toString().startsWith("java.");
    }
}
